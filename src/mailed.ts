/** The pages that mail leads to by a secret: a link that was sent has to go on working, whatever becomes of its language. */
export function isMailed(path: string): boolean {
  return /^\/(?:mail\/(?:unsubscribe|preferences)|sign-in\/[^/]+|join(?:\/[^/]+)?|surveys\/[^/]+|track(?:\/[^/]+)?|feedback\/[^/]+\/[^/]+|r\/[^/]+)$/.test(
    path,
  );
}
