import { z } from 'zod';
import type { Alongside } from '../../ground/platform/alongside.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { assertManages } from './assert-manages.ts';
import { managersOf, mostFirst } from './members.ts';
import { changeMember } from './membership-rows.ts';

const input = z.strictObject({
  accountId: z.string().max(200),
  customerId: z.string().max(64),
  /** Left out: stays as it is. */
  mayRedeem: z.boolean().optional(),
  isManager: z.boolean().optional(),
});

/** What somebody may do in an account now. */
export interface Permission {
  accountId: string;
  customerId: string;
  isManager: boolean;
  mayRedeem: boolean;
}

/**
 * Says who of a company or household may spend its balance, and who manages it with its people. Who came to it by an
 * order is confirmed by the first such word. From then on each manager is one by name.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function changePerson(
  ctx: Context,
  typed: z.input<typeof input>,
  options: Alongside<Permission> = {},
): Promise<Permission> {
  const change = parseInput(input, typed);
  const { accountId, customerId } = change;
  return writeHistory(ctx, accountId, async (seen) => {
    const { members } = await assertManages(seen, seen.db.fresh, accountId);
    const own = members.filter((one) => one.customerId === customerId);
    const [chosen] = mostFirst(accountId, own);
    if (chosen === undefined) throw new AppError('not_found', 'This person does not belong to the account.');
    const managers = managersOf(accountId, members);
    const isManager = change.isManager ?? managers.includes(customerId);
    const may = change.mayRedeem ?? chosen.mayRedeem ?? false;
    const role = isManager && chosen.accountId === accountId ? 'manager' : 'member';
    const permission = { accountId, customerId, isManager: role === 'manager', mayRedeem: may };
    return {
      history: { kind: 'person_changed', detail: { customerId, mayRedeem: may, role } },
      also: [
        ...keepManagers(ctx, { accountId, managers, members, except: customerId }),
        changeMember(ctx, { accountId: chosen.accountId, customerId, role, mayRedeem: may }),
      ],
      beside: options.alongside?.(permission, 201) ?? [],
      result: permission,
    };
  });
}

/** Who manages as the longest member goes on doing so when somebody else is named beside them. */
function keepManagers(
  ctx: Context,
  about: {
    accountId: string;
    managers: readonly string[];
    members: Awaited<ReturnType<typeof assertManages>>['members'];
    except: string;
  },
) {
  const { accountId, managers, members, except } = about;
  return members
    .filter((one) => one.accountId === accountId && one.role === 'member')
    .filter(({ customerId }) => managers.includes(customerId) && customerId !== except)
    .map(({ customerId, mayRedeem }) =>
      changeMember(ctx, { accountId, customerId, role: 'manager', mayRedeem: mayRedeem ?? false }),
    );
}
