import { getBusiness } from '../../functions/business/business.ts';
import { policyOf } from '../../functions/business/policies.ts';
import { clearedSessionCookie, linkCookie, sessionCookie } from '../../functions/http/cookies.ts';
import { answerQuestion } from '../../functions/joining/answer-question.ts';
import { listConsents, setNews, wantsNews } from '../../functions/joining/consents.ts';
import { decideRequest } from '../../functions/joining/decide-request.ts';
import { findOpenInvitation } from '../../functions/joining/find-open-invitation.ts';
import { finishJoining } from '../../functions/joining/finish-joining.ts';
import { getCard } from '../../functions/joining/get-card.ts';
import { getJoining } from '../../functions/joining/get-joining.ts';
import { getProfile } from '../../functions/joining/get-profile.ts';
import { invite } from '../../functions/joining/invite.ts';
import { leave } from '../../functions/joining/leave.ts';
import { listJoining } from '../../functions/joining/list-joining.ts';
import { withdrawInvitation } from '../../functions/joining/withdraw-invitation.ts';
import type { Context } from '../../functions/platform/context.ts';
import type { AppError } from '../../functions/platform/errors.ts';
import type { Locale } from '../languages.ts';
import { deviceMarks } from './device-marks.ts';
import { orNull } from './or-null.ts';
import { orRefusal } from './or-refusal.ts';
import type { Asker } from './sign-in.ts';

/** Joining, what a customer tells about themselves, and leaving. */
export function joiningOperations(ctx: Context, asker: Asker) {
  const { config } = ctx;
  const sessionToken = asker.sessionToken ?? '';
  const done = { ok: true as const };
  const { joining } = asker;
  return {
    getRegistration: async () => policyOf(await getBusiness(ctx), 'registration'),
    /** Where the asker stands; null unless their email is proven and they have not joined. */
    getJoining: async () => (joining === null ? null : getJoining(ctx, joining)),
    finish: (given: { name: string; language: Locale; termsVersion: string; wantsNews: boolean }) =>
      orRefusal(
        ['invalid_name', 'terms_changed', 'challenge_expired'],
        async () => {
          const joined = await finishJoining(ctx, { ...given, sessionToken });
          if (joined.outcome !== 'joined') return { ok: true as const, outcome: joined.outcome, cookies: [] };
          const { customerId, token, max_age_s } = joined;
          const marks = await deviceMarks(ctx, asker, customerId);
          const cookies = [sessionCookie(config, { token, max_age_s }), ...marks];
          return { ok: true as const, outcome: joined.outcome, cookies };
        },
        nameRefusal,
      ),
    /** The invitation of a link that was opened; null when it is over. */
    findInvitation: async () =>
      asker.linkToken === null ? null : findOpenInvitation(ctx, { token: asker.linkToken }),
    /** For the answer that goes on to the code. */
    forgetInvitation: () => linkCookie(config, null),
    getProfile: () => getProfile(ctx),
    answer: (given: Parameters<typeof answerQuestion>[1]) =>
      orRefusal(
        ['invalid_answer'],
        async () => {
          await answerQuestion(ctx, given);
          return done;
        },
        ({ errors }) => (errors[0]?.path === 'answer' ? 'invalid_answer' : null),
      ),
    getCard: () => orNull(getCard(ctx)),
    listConsents: () => listConsents(ctx),
    wantsNews: () => wantsNews(ctx, { customerId: asker.customerId }),
    setNews: (given: { isWanted: boolean; language: string }) =>
      setNews(ctx, { ...given, source: 'settings' }),
    leave: async () => {
      await leave(ctx);
      return { cookies: [clearedSessionCookie(config)] };
    },
    listDesk: () => listJoining(ctx),
    decide: (given: Parameters<typeof decideRequest>[1]) =>
      orRefusal(
        ['reason_missing', 'already_decided', 'not_found'],
        async () => ({ ok: true as const, ...(await decideRequest(ctx, given)) }),
        ({ code, errors }) => (errors[0]?.path === 'reason' ? 'reason_missing' : code),
      ),
    invite: (given: { email: string; language: string }) =>
      orRefusal(
        ['invalid_email'],
        async () => ({ ok: true as const, ...(await invite(ctx, given)) }),
        ({ errors }) => (errors[0]?.path === 'email' ? 'invalid_email' : null),
      ),
    withdrawInvitation: (given: { invitationId: string }) => orNull(withdrawInvitation(ctx, given)),
  };
}

function nameRefusal({ code, errors }: AppError): string {
  return errors[0]?.path === 'name' ? 'invalid_name' : code;
}
