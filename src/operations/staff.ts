import { type AuditQuery, listActs } from '../../functions/console/list-acts.ts';
import { browserCookie, sessionCookie } from '../../functions/http/cookies.ts';
import type { Context, Role } from '../../functions/platform/context.ts';
import type { AppError } from '../../functions/platform/errors.ts';
import { newToken } from '../../functions/platform/ids.ts';
import { requestSignIn } from '../../functions/sign-in/request-sign-in.ts';
import { addStaff } from '../../functions/staff/add-staff.ts';
import { disableStaff } from '../../functions/staff/disable-staff.ts';
import { endStaffSessions } from '../../functions/staff/end-staff-sessions.ts';
import { beginFactor } from '../../functions/staff/factor/begin-factor.ts';
import { proveFactor } from '../../functions/staff/factor/prove-factor.ts';
import { resetFactor } from '../../functions/staff/factor/reset-factor.ts';
import { setUpFactor } from '../../functions/staff/factor/set-up-factor.ts';
import { listTeam } from '../../functions/staff/list-team.ts';
import { setRole } from '../../functions/staff/set-role.ts';
import { orRefusal } from './or-refusal.ts';
import type { Asker } from './sign-in.ts';

/** How people of the business come in, and what owners decide about the team. */
export function staffOperations(ctx: Context, asker: Asker) {
  const { config } = ctx;
  const { member, sessionToken } = asker;
  const entrant = member === null ? null : { ...member, sessionToken: sessionToken ?? '' };
  const managing = (work: () => Promise<unknown>) =>
    orRefusal(
      ['invalid_email', 'forbidden', 'not_found'],
      async () => {
        await work();
        return { ok: true as const };
      },
      reasonOf,
    );
  return {
    requestSignIn: ({ email, language }: { email: string; language: string }) =>
      orRefusal(
        ['too_many', 'invalid_email'],
        async () => {
          const browserToken = asker.browserToken ?? newToken();
          const { clientAddress, knownToken } = asker;
          const asked = { email, language, browserToken, clientAddress, knownToken, isForStaff: true };
          const { challengeId } = await requestSignIn(ctx, asked);
          return { ok: true as const, challengeId, cookies: [browserCookie(config, browserToken)] };
        },
        reasonOf,
      ),
    /** Null unless somebody of the business has proven their mail. */
    beginFactor: () => (member === null ? null : beginFactor(ctx, member)),
    setUpFactor: (given: { sealed: string; code: string }) =>
      orRefusal(
        ['wrong_code', 'too_many', 'expired', 'factor_exists'],
        async () => {
          if (entrant === null)
            return { ok: false as const, reason: 'expired' as const, errors: [], retry_after_s: null };
          const { paperCodes, ...session } = await setUpFactor(ctx, { entrant, ...given });
          return { ok: true as const, paperCodes, cookies: [sessionCookie(config, session)] };
        },
        reasonOf,
      ),
    proveFactor: ({ code }: { code: string }) =>
      orRefusal(
        ['wrong_code', 'too_many', 'expired'],
        async () => {
          if (entrant === null)
            return { ok: false as const, reason: 'expired' as const, errors: [], retry_after_s: null };
          const session = await proveFactor(ctx, { entrant, code });
          return { ok: true as const, cookies: [sessionCookie(config, session)] };
        },
        reasonOf,
      ),
    listTeam: () => listTeam(ctx),
    add: (given: { email: string; role: Role; invite: boolean }) =>
      orRefusal(
        ['invalid_email', 'forbidden'],
        async () => ({ ok: true as const, ...(await addStaff(ctx, given)) }),
        reasonOf,
      ),
    setRole: (given: { email: string; role: Role }) => managing(() => setRole(ctx, given)),
    disable: (given: { email: string }) => managing(() => disableStaff(ctx, given)),
    endSessions: (given: { email: string }) => managing(() => endStaffSessions(ctx, given)),
    resetFactor: (given: { email: string }) => managing(() => resetFactor(ctx, given)),
    listActs: (asked: AuditQuery) => listActs(ctx, asked),
  };
}

function reasonOf({ code, errors }: AppError): string | null {
  if (code === 'too_many_requests') return 'too_many';
  if (code === 'challenge_expired') return 'expired';
  if (code !== 'validation_failed') return code;
  return errors[0]?.path === 'email' ? 'invalid_email' : (errors[0]?.code ?? null);
}
