import { z } from 'zod';
import { type LinkParts, mailKind, type ParamsOf } from '../../../ground/outbox/letter-kind.ts';

/** The params of a mail that carries the secret of a challenge, and the link that proves it. */
export const challenge = z.object({ challengeId: z.string() });
export const linkOfChallenge = (_params: unknown, { token }: LinkParts) =>
  `/sign-in/link?token=${encodeURIComponent(token)}`;

const stopLink = (_params: unknown, { token }: LinkParts) =>
  `/sign-in/stop?token=${encodeURIComponent(token)}`;

/** Of which passkey a mail tells; `device` is where it was done, such as `Firefox, Windows`, and may be empty. */
const passkey = z.object({ name: z.string(), device: z.string(), at: z.number(), isStaff: z.boolean() });
const linkToDevices = ({ isStaff }: z.output<typeof passkey>) =>
  isStaff ? '/console/devices' : '/account/settings/devices';

export const signInMails = {
  sign_in: mailKind({
    topic: 'service',
    urgency: 'now',
    isSecret: true,
    params: challenge,
    link: linkOfChallenge,
  }),
  email_change: mailKind({
    topic: 'service',
    urgency: 'now',
    isSecret: true,
    params: challenge,
    link: () => '/account/settings',
  }),
  /** To the old address, while the change can still be stopped. */
  email_change_asked: mailKind({
    topic: 'service',
    urgency: 'now',
    isSecret: true,
    params: challenge,
    link: stopLink,
  }),
  /** To the old address, once the new one was proven and the old one was not. */
  email_change_waits: mailKind({
    topic: 'service',
    urgency: 'now',
    isSecret: true,
    params: z.object({ changeId: z.string(), dueAt: z.number() }),
    link: stopLink,
  }),
  /** `changeId` is missing in those of earlier releases, which could not be undone. */
  email_changed_notice: mailKind({
    topic: 'service',
    urgency: 'now',
    isSecret: true,
    params: z.object({ changedAt: z.number(), changeId: z.string().optional() }),
    link: (params, parts) =>
      params.changeId === undefined ? `mailto:${parts.identity.contact.email}` : stopLink(params, parts),
  }),
  passkey_added: mailKind({ topic: 'service', urgency: 'now', params: passkey, link: linkToDevices }),
  passkey_removed: mailKind({ topic: 'service', urgency: 'now', params: passkey, link: linkToDevices }),
  email_change_undone: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: z.object({ undoneAt: z.number() }),
    link: (_params, { identity }) => `mailto:${identity.contact.email}`,
  }),
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof signInMails> {}
}
