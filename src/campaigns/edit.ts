import type { CampaignContentInput } from '../../functions/care/campaigns/content/content.ts';
import { saveCampaign } from '../../functions/care/campaigns/edit-campaign.ts';
import type { Campaign } from '../../functions/care/campaigns/get-campaign.ts';
import { addPicture } from '../../functions/care/campaigns/pictures.ts';
import type { Context } from '../../functions/ground/platform/context.ts';
import { attempt } from '../attempt.ts';
import type { Speech } from '../locale.ts';
import { type FormError, fieldErrors } from '../words/field-errors.ts';
import { campaignRules, moveBlocks, readCampaignForm } from './form.ts';

/** What became of a form of a draft: kept, and where to go on, or what is wrong with it. */
export type Edited =
  | { ok: true; next: 'editor' | 'check'; anchor: string }
  | { ok: false; content: CampaignContentInput; errors: FormError[] };

/** Keeps what a form says, with the pictures it brings, and does what its button asks. */
export async function editCampaign(
  ctx: Context,
  campaign: Campaign,
  {
    speech,
    currency,
    fields,
    files,
  }: {
    speech: Speech;
    currency: string | null;
    fields: Map<string, string>;
    /** By the id of the block that each is for. */
    files: ReadonlyMap<string, Uint8Array>;
  },
): Promise<Edited> {
  const { t } = speech;
  const typed = readCampaignForm(fields, { kept: campaign.content, speech, currency });
  const pictured = await withPictures(ctx, typed, files, t.campaigns_rule_picture());
  const [act = '', what = ''] = (fields.get('do') ?? '').split(':');
  const blocks = moveBlocks(pictured.content.blocks, [act, what]);
  const content = { ...pictured.content, blocks };
  if (pictured.errors.length > 0) return { ok: false, content, errors: pictured.errors };
  const seq = Number(fields.get('seq') ?? '');
  const saved = await attempt(saveCampaign(ctx, { id: campaign.id, seq, content }), {
    validation_failed: null,
    campaign_moved: 'moved',
  });
  if (saved.ok) {
    const last = act === 'add' ? blocks.at(-1)?.id : act === 'up' || act === 'down' ? what : undefined;
    return {
      ok: true,
      next: act === 'check' ? 'check' : 'editor',
      anchor: last === undefined ? '' : `#block_${last}`,
    };
  }
  const errors =
    saved.reason === 'moved'
      ? [{ field: 'main', text: t.campaigns_moved() }]
      : fieldErrors(t, saved.errors, campaignRules(speech, blocks));
  return { ok: false, content, errors };
}

async function withPictures(
  ctx: Context,
  content: CampaignContentInput,
  files: ReadonlyMap<string, Uint8Array>,
  rule: string,
): Promise<{ content: CampaignContentInput; errors: FormError[] }> {
  const errors: FormError[] = [];
  const blocks: CampaignContentInput['blocks'] = [];
  for (const block of content.blocks) {
    const bytes = files.get(block.id);
    if (bytes === undefined || (block.kind !== 'picture' && block.kind !== 'product')) blocks.push(block);
    else {
      const added = await attempt(addPicture(ctx, { bytes }), { validation_failed: rule });
      if (added.ok) blocks.push({ ...block, picture: added.output.name });
      else {
        blocks.push(block);
        errors.push({ field: `f_${block.id}`, text: added.reason });
      }
    }
  }
  return { content: { ...content, blocks }, errors };
}
