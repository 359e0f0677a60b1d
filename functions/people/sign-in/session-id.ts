import { hashOf } from '../../ground/platform/ids.ts';

/** What a page calls a session, made of the hash under which it is kept. */
export const sessionIdOf = (tokenHash: string): string => hashOf(`session ${tokenHash}`).slice(0, 22);
