import { z } from 'zod';
import { type LinkParts, mailKind } from '../mail-kind.ts';

/** The params of a mail that carries the secret of a challenge, and the link that proves it. */
export const challenge = z.object({ challengeId: z.string() });
export const linkOfChallenge = (_params: unknown, { token }: LinkParts) =>
  `/sign-in/link?token=${encodeURIComponent(token)}`;

export const signInMails = {
  sign_in: mailKind({ topic: 'service', isSecret: true, params: challenge, link: linkOfChallenge }),
  email_change: mailKind({
    topic: 'service',
    isSecret: true,
    params: challenge,
    link: () => '/account/settings',
  }),
  /** To the old address, while the change can still be stopped. */
  email_change_asked: mailKind({
    topic: 'service',
    isSecret: true,
    params: challenge,
    link: (_params, { token }) => `/sign-in/stop?token=${encodeURIComponent(token)}`,
  }),
  email_changed_notice: mailKind({
    topic: 'service',
    params: z.object({ changedAt: z.number() }),
    link: (_params, { brand }) => `mailto:${brand.contact.email}`,
  }),
};
