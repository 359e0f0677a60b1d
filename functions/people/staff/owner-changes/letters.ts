import type { Mail } from '../../../ground/outbox/queue-mail.ts';
import type { Context, Role } from '../../../ground/platform/context.ts';
import { listOwners } from '../list-owners.ts';

/** What is told of a change: that it waits, or how it ended. */
interface Told {
  change: { act: 'shut-out' | 'role' | 'sign-out' | 'factor'; role: Role | null; dueAt: number };
  /** Whom it concerns. */
  member: { email: string; name: string | null };
  outcome: 'asked' | 'agreed' | 'due' | 'stopped';
}

/** The mail to every owner and to whom it concerns. */
export async function tellOwners(ctx: Context, { change, member, outcome }: Told): Promise<Mail[]> {
  const owners = await listOwners(ctx.db.fresh);
  const readers = new Set([...owners.map(({ email }) => email), member.email]);
  const params = {
    act: change.act,
    role: change.role,
    who: member.name === null ? member.email : `${member.name} (${member.email})`,
    outcome,
    dueAt: change.dueAt,
  };
  return [...readers].map((address) => ({
    template: 'owner_change',
    params: { ...params, isYou: address === member.email },
    address,
  }));
}
