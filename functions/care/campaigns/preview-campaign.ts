import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError, assert } from '../../ground/platform/errors.ts';
import { exactJson } from '../../ground/platform/exact-json.ts';
import { assertWithin, countTries, limitOn } from '../../ground/platform/limits.ts';
import { mayReadPersonal } from '../../ground/platform/personal.ts';
import { type Composed, composeMail } from '../../people/mail/compose-mail.ts';
import { readerByEmail } from '../../people/texts/reader-by-email.ts';
import { loadCampaign } from './get-campaign.ts';
import { findPerson, findStaffMail, listPeople } from './queries.ts';

/** A mail as one of its readers would get it. */
export type CampaignPreview = Pick<Composed, 'subject' | 'html' | 'text'> & {
  customerId: string;
  name: string | null;
  email: string;
};

/**
 * What a campaign would say to a customer now, in their language and figures. A voucher in it is none.
 * @throws {AppError} `not_found`, `validation_failed` at `email` for nobody, `forbidden`
 */
export async function previewCampaign(
  ctx: Context,
  { id, email }: { id: string; email: string },
): Promise<CampaignPreview> {
  allow(ctx.actor, 'campaigns:read');
  allow(ctx.actor, 'customers:read');
  if (!mayReadPersonal(ctx.actor)) throw new AppError('forbidden', 'A preview names a customer.');
  await loadCampaign(ctx, id);
  const reader = await readerByEmail(ctx, email);
  const composed = await composeAs(ctx, { campaignId: id, customerId: reader.id });
  const { subject, html, text } = composed;
  return { customerId: reader.id, name: reader.name, email, subject, html, text };
}

/** Some customers as a sample names them; nobody for who may not read personal data. @throws {AppError} `forbidden` */
export async function listSample(
  ctx: Context,
  { customerIds }: { customerIds: readonly string[] },
): Promise<{ email: string; name: string | null }[]> {
  allow(ctx.actor, 'campaigns:read');
  allow(ctx.actor, 'customers:read');
  return mayReadPersonal(ctx.actor) ? listPeople(ctx.db, { ids: JSON.stringify(customerIds) }) : [];
}

/**
 * Sends a campaign to whoever asks, as it would be to a customer; ten an hour.
 * @throws {AppError} `not_found`, `validation_failed`, `forbidden`, `too_many_requests`
 */
export async function testCampaign(
  ctx: Context,
  { id, email }: { id: string; email: string | null },
): Promise<{ to: string }> {
  allow(ctx.actor, 'campaigns:write');
  const campaign = await loadCampaign(ctx, id);
  const staff = ctx.actor.kind === 'staff' ? await findStaffMail(ctx.db, { id: ctx.actor.id }) : null;
  if (staff === null)
    throw new AppError('forbidden', 'Only somebody of the team has an address to test with.');
  const reader = email === null ? null : await readerByEmail(ctx, email);
  const person = reader === null ? null : await findPerson(ctx.db, { customerId: reader.id });
  const limit = limitOn(ctx.config.secret, 'campaign_test', actorName(ctx.actor));
  assertWithin(await countTries(ctx.db, [limit], ctx.now()));
  await writeDecision(ctx, {
    letters: [
      {
        template: 'campaign_test',
        params: { campaignId: id, as: reader?.id ?? '' },
        address: staff.email,
        language: person?.language ?? null,
      },
    ],
    audit: { kind: 'campaign.tested', subjectKind: 'campaign', subjectId: campaign.id },
  });
  ctx.wakeMail('now');
  return { to: staff.email };
}

/** Composed for nobody, so that no link in it opens what is a customer's. */
async function composeAs(
  ctx: Context,
  { campaignId, customerId }: { campaignId: string; customerId: string },
): Promise<Composed> {
  const person = await findPerson(ctx.db, { customerId });
  const composed = await composeMail(ctx, {
    ...{ template: 'campaign_test', params: exactJson({ campaignId, as: customerId }) },
    ...{ customerId: null, address: 'nobody@invalid', language: person?.language ?? null },
  });
  assert(composed !== null, 'a mail to an address can be composed');
  return composed;
}
