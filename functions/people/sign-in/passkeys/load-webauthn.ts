/** The library that checks passkeys takes long to load, so that only who uses one waits for it. */
export const loadWebauthn = () => import('@simplewebauthn/server');
