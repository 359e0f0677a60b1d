import { z } from 'zod';
import {
  type LinkParts,
  type Mentions,
  mailKind,
  type OwnWords,
  type ParamsOf,
} from '../../../ground/outbox/letter-kind.ts';

/** The params of a mail that carries the secret of a challenge, and the link that proves it. */
export const challenge = z.object({ challengeId: z.string() });
export const linkOfChallenge = (_params: unknown, { token }: LinkParts) =>
  `/sign-in/link?token=${encodeURIComponent(token)}`;

const stopLink = (_params: unknown, { token }: LinkParts) =>
  `/sign-in/stop?token=${encodeURIComponent(token)}`;

/** Of which passkey a mail tells; `device` is where it was done, such as `Firefox, Windows`, and may be empty. */
const passkey = z.object({ name: z.string(), device: z.string(), at: z.number(), isStaff: z.boolean() });
const linkToDevices = ({ isStaff }: { isStaff: boolean }) =>
  isStaff ? '/console/devices' : '/account/settings/devices';
const aboutPasskey = {
  samples: () => {
    const one = { name: 'Blue phone', at: Date.UTC(2026, 11, 31, 12), isStaff: false };
    return { device: { ...one, device: 'Firefox, Windows' }, plain: { ...one, device: '' } };
  },
  caseOf: ({ device }) => (device === '' ? 'plain' : 'device'),
  values: ({ name, device, at }, { formats }) => ({
    date: formats.moment({ at, day: null }),
    passkey: name,
    ...(device === '' ? {} : { device }),
  }),
  required: ['date', 'passkey'],
} satisfies OwnWords<z.output<typeof passkey>>;

/** Where somebody has signed in who was not known there: `device` may be empty, `network` is told without its end. */
const newDevice = z.object({
  device: z.string(),
  network: z.string().nullable(),
  country: z.string().nullable(),
  at: z.number(),
  isStaff: z.boolean(),
});

const sampleChallenge = { challengeId: '0' };
const withCode = (_params: unknown, { code }: Mentions) => ({ code });

export const signInMails = {
  sign_in: mailKind({
    topic: 'service',
    urgency: 'now',
    isSecret: true,
    params: challenge,
    link: linkOfChallenge,
    own: {
      samples: () => ({ standard: sampleChallenge }),
      values: withCode,
      required: ['code'],
    },
  }),
  email_change: mailKind({
    topic: 'service',
    urgency: 'now',
    isSecret: true,
    params: challenge,
    link: () => '/account/settings',
    own: {
      samples: () => ({ standard: sampleChallenge }),
      values: withCode,
      required: ['code'],
    },
  }),
  /** To the old address, while the change can still be stopped. */
  email_change_asked: mailKind({
    topic: 'service',
    urgency: 'now',
    isSecret: true,
    params: challenge,
    link: stopLink,
    own: { samples: () => ({ standard: sampleChallenge }) },
  }),
  /** To the old address, once the new one was proven and the old one was not. */
  email_change_waits: mailKind({
    topic: 'service',
    urgency: 'now',
    isSecret: true,
    params: z.object({ changeId: z.string(), dueAt: z.number() }),
    link: stopLink,
    own: {
      samples: () => ({ standard: { changeId: '0', dueAt: Date.UTC(2026, 11, 31, 12) } }),
      values: ({ dueAt }, { formats }) => ({ date: formats.moment({ at: dueAt, day: null }) }),
      required: ['date'],
    },
  }),
  /** `changeId` is missing in those of earlier releases, which could not be undone. */
  email_changed_notice: mailKind({
    topic: 'service',
    urgency: 'now',
    isSecret: true,
    params: z.object({ changedAt: z.number(), changeId: z.string().optional() }),
    link: (params, parts) =>
      params.changeId === undefined ? `mailto:${parts.identity.contact.email}` : stopLink(params, parts),
    own: {
      samples: () => ({ standard: { changeId: '0', changedAt: Date.UTC(2026, 11, 31, 12) } }),
      values: ({ changedAt }, { formats }) => ({ date: formats.moment({ at: changedAt, day: null }) }),
      required: ['date'],
    },
  }),
  passkey_added: mailKind({
    topic: 'service',
    urgency: 'now',
    params: passkey,
    link: linkToDevices,
    own: aboutPasskey,
  }),
  passkey_removed: mailKind({
    topic: 'service',
    urgency: 'now',
    params: passkey,
    link: linkToDevices,
    own: aboutPasskey,
  }),
  new_device: mailKind({
    topic: 'service',
    urgency: 'now',
    params: newDevice,
    link: linkToDevices,
    own: {
      samples: () => ({
        standard: {
          ...{ device: 'Firefox, Windows', network: '192.0.2.x', country: 'UA' },
          ...{ at: Date.UTC(2026, 11, 31, 12), isStaff: false },
        },
      }),
      values: ({ at }, { formats }) => ({ date: formats.moment({ at, day: null }) }),
      required: ['date'],
    },
  }),
  email_change_undone: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: z.object({ undoneAt: z.number() }),
    link: (_params, { identity }) => `mailto:${identity.contact.email}`,
    own: {
      samples: () => ({ standard: { undoneAt: Date.UTC(2026, 11, 31, 12) } }),
      values: ({ undoneAt }, { formats }) => ({ date: formats.moment({ at: undoneAt, day: null }) }),
      required: ['date'],
    },
  }),
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof signInMails> {}
}
