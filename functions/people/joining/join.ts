import { insertInto, statement } from '../../../db/query.ts';
import { joinInvitationEnds } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import { type Decision, isUnchanged } from '../../ground/decision/decision.ts';
import type { Mail } from '../../ground/outbox/queue-mail.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { type Claim, claimCustomer } from '../sign-in/claim-customer.ts';
import type { Owner } from '../sign-in/find-owner.ts';
import type { ConsentText } from './consent-texts.ts';
import { recordConsent } from './record-consent.ts';

/** Somebody who is let in, and what they agreed to. */
export interface JoiningPerson {
  email: string;
  known: Owner | undefined;
  name: string | null;
  language: string | null;
  agreed: readonly ConsentText[];
  /** When they agreed. */
  agreedAt: number;
  /** The programme in force. */
  revision: number;
  /** Invitations to the portal alone: joining accepts them. */
  invitations: readonly string[];
}

/** What makes somebody a customer: claimed, with an own account, their consents, and a welcome. */
export function join(
  ctx: Pick<Context, 'actor' | 'now'>,
  newcomer: JoiningPerson,
): Claim & { decision: Decision } {
  const { agreed, agreedAt, invitations, language } = newcomer;
  const now = ctx.now();
  const byStaff = ctx.actor.kind === 'anonymous' ? {} : { actor: actorName(ctx.actor) };
  const { customerId, accountId, decision: claim } = claimCustomer({ ...newcomer, ...byStaff, now });
  const actor = `customer:${customerId}`;
  const consents = agreed.flatMap((text) =>
    recordConsent({ customerId, text, isGiven: true, source: 'joining', at: agreedAt, actor }),
  );
  const ends = invitations.flatMap((id) =>
    endInvitation({ invitationId: id, how: 'accepted', at: now, actor }),
  );
  const welcome: Mail = { template: 'welcome', params: {}, customerId, language };
  return {
    customerId,
    accountId,
    decision: {
      also: [isUnchanged(claim) ? {} : claim, { rows: [...consents, ...ends], letters: [welcome] }],
    },
  };
}

const insertEnd = insertInto(joinInvitationEnds);

/** An invitation ends once; its link works no longer. */
export function endInvitation(end: typeof joinInvitationEnds.$inferInsert): Statement[] {
  return [
    insertEnd(end),
    statement(
      'UPDATE sign_in_challenges SET consumed_at = ? WHERE id = ? AND consumed_at IS NULL',
      end.at,
      end.invitationId,
    ),
  ];
}
