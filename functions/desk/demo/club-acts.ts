import { applyToClub, decideApplication } from '../../circle/club/applications.ts';
import { showSelf } from '../../circle/club/directory/show-self.ts';
import { claimDrop } from '../../circle/club/drops/claim-drop.ts';
import { answerEvent } from '../../circle/club/events/answer-event.ts';
import { answerInvitation, inviteToClub } from '../../circle/club/invitations.ts';
import { loadClubState } from '../../circle/club/membership.ts';
import { answerPanel } from '../../circle/club/panel/answer-panel.ts';
import type { Context } from '../../ground/platform/context.ts';
import { assert } from '../../ground/platform/errors.ts';
import { listPlaces } from '../../money/accounts/places.ts';
import { findOwnerByEmail } from '../../people/sign-in/find-owner.ts';

export async function placeOf({ db }: Context, email: string) {
  const [customer] = await findOwnerByEmail(db.fresh, { email });
  assert(customer !== undefined, 'people of the demo are customers');
  const places = await listPlaces(db.fresh, customer.id);
  const place = places.find(({ firstPlacedAt }) => firstPlacedAt !== null) ?? places[0];
  assert(place !== undefined, 'customers of the demo have an account');
  return { customerId: customer.id, accountId: place.rootId };
}

export const as = (ctx: Context, id: string): Context => ({ ...ctx, actor: { kind: 'customer', id } });

export async function invite(ctx: Context, email: string): Promise<void> {
  await inviteToClub(ctx, { email, accountId: (await placeOf(ctx, email)).accountId });
}

export async function accept(ctx: Context, email: string): Promise<void> {
  const { customerId, accountId } = await placeOf(ctx, email);
  const { invitations } = await loadClubState(ctx, accountId);
  await answerInvitation(as(ctx, customerId), {
    accountId,
    invitationId: invitations[0]?.id ?? '',
    accepts: true,
  });
}

export async function apply(ctx: Context, email: string, text: string): Promise<void> {
  const { customerId, accountId } = await placeOf(ctx, email);
  await applyToClub(as(ctx, customerId), { accountId, text });
}

export async function decline(ctx: Context, email: string, reason: string): Promise<void> {
  const { applications } = await loadClubState(ctx, (await placeOf(ctx, email)).accountId);
  await decideApplication(ctx, { id: applications[0]?.id ?? '', isApproved: false, reason });
}

export async function claim(ctx: Context, email: string, dropId: string) {
  const { customerId, accountId } = await placeOf(ctx, email);
  return (await claimDrop(ctx, { customerId, accountId, dropId })).claim;
}

export async function show(ctx: Context, email: string): Promise<void> {
  const { customerId, accountId } = await placeOf(ctx, email);
  const [person] = await findOwnerByEmail(ctx.db.fresh, { email });
  const name = person?.name ?? 'A regular';
  const interests = 'Filter coffee, oolongs, pottery';
  await showSelf(as(ctx, customerId), { accountId, isShown: true, name, company: '', interests });
}

export async function answer(ctx: Context, email: string, questionId: string, choice: number): Promise<void> {
  const { customerId, accountId } = await placeOf(ctx, email);
  await answerPanel(as(ctx, customerId), { accountId, questionId, choice, comment: '' });
}

export async function say(ctx: Context, email: string, eventId: string): Promise<void> {
  const { customerId, accountId } = await placeOf(ctx, email);
  await answerEvent(as(ctx, customerId), { accountId, eventId, answer: 'yes', guests: 1 });
}
