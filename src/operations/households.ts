import { answerInvitation } from '../../functions/households/answer-invitation.ts';
import { changePerson } from '../../functions/households/change-person.ts';
import { foundHousehold } from '../../functions/households/found-household.ts';
import { getPeople } from '../../functions/households/get-people.ts';
import { getSharedAccount } from '../../functions/households/get-shared-account.ts';
import { invitePerson } from '../../functions/households/invite-person.ts';
import { listUnconfirmed } from '../../functions/households/list-unconfirmed.ts';
import { removePerson } from '../../functions/households/remove-person.ts';
import { withdrawPersonInvitation } from '../../functions/households/withdraw-person-invitation.ts';
import type { Context } from '../../functions/platform/context.ts';
import type { AppError } from '../../functions/platform/errors.ts';
import { orNull } from './or-null.ts';
import { orRefusal } from './or-refusal.ts';

/** Companies and households with their people, on behalf of a member or of staff. */
export function householdOperations(ctx: Context) {
  return {
    getPeople: () => getPeople(ctx),
    /** For staff. */
    getSharedAccount: (asked: { accountId: string }) => orNull(getSharedAccount(ctx, asked)),
    /** For staff. */
    listUnconfirmed: () => listUnconfirmed(ctx),
    found: (asked: { name: string }) =>
      orRefusal(
        ['too_many', 'invalid_name'],
        async () => ({ ok: true as const, ...(await foundHousehold(ctx, asked)) }),
        refusal,
      ),
    invite: (asked: { accountId: string; email: string; mayRedeem: boolean; language: string }) =>
      orRefusal(
        ['too_many', 'invalid_email', 'already_member', 'not_found', 'forbidden'],
        async () => ({ ok: true as const, ...(await invitePerson(ctx, asked)) }),
        refusal,
      ),
    answerInvitation: (asked: Parameters<typeof answerInvitation>[1]) =>
      orRefusal(['invitation_over'], async () => ({
        ok: true as const,
        ...(await answerInvitation(ctx, asked)),
      })),
    withdrawInvitation: (asked: Parameters<typeof withdrawPersonInvitation>[1]) =>
      orRefusal(['not_found', 'forbidden'], async () => {
        await withdrawPersonInvitation(ctx, asked);
        return { ok: true as const };
      }),
    change: (asked: Parameters<typeof changePerson>[1]) =>
      orRefusal(['not_found', 'forbidden'], async () => {
        await changePerson(ctx, asked);
        return { ok: true as const };
      }),
    remove: (asked: { accountId: string; customerId: string }) =>
      orRefusal(['not_found', 'forbidden'], async () => ({
        ok: true as const,
        ...(await removePerson(ctx, asked)),
      })),
  };
}

function refusal({ code, errors }: AppError): string {
  if (code === 'too_many_requests') return 'too_many';
  const [first] = errors;
  if (first?.path === 'email') return 'invalid_email';
  return first?.path === 'name' ? 'invalid_name' : code;
}
