import type { BlockKind, CampaignKind } from '../../functions/care/campaigns/content/content.ts';
import type { Flaw } from '../../functions/care/campaigns/content/flaws.ts';
import type { Campaign, CampaignState } from '../../functions/care/campaigns/get-campaign.ts';
import type { CampaignResult } from '../../functions/care/campaigns/result/get-result.ts';
import type { Formats } from '../../functions/ground/formats/format.ts';
import { built } from '../../languages/built.ts';
import type { Messages } from '../locale.ts';

export const kindWords = (t: Messages, kind: CampaignKind): string => t[`campaigns_kind_${kind}`]();

export const blockWords = (t: Messages, kind: BlockKind): string => t[`campaigns_block_${kind}`]();

export const stateTones = {
  draft: '',
  scheduled: 'moving',
  sending: 'moving',
  sent: 'good',
  stopped: 'warn',
} as const satisfies Record<CampaignState, string>;

/** Where a campaign stands, in a few words. */
export function campaignState(
  t: Messages,
  { state, sendAt, endedAt }: Campaign,
  { moment }: Formats,
): string {
  const at = (time: number) => moment({ at: time, day: null });
  if (state === 'scheduled' && sendAt !== null) return t.campaigns_state_scheduled_at({ date: at(sendAt) });
  if (state === 'sent' && endedAt !== null) return t.campaigns_state_sent_at({ date: at(endedAt) });
  return t[`campaigns_state_${state}`]();
}

/** What is missing or wrong, with the place of the block. */
export function flawWords(t: Messages, { code, block, language, name }: Flaw): string {
  const spoken = Object.entries(built).find(([known]) => known === language)?.[1].name ?? '';
  const text = t[`campaigns_flaw_${code}`]({ language: spoken, name: name ?? '' });
  return block === null ? text : t.campaigns_in_block({ n: block, text });
}

/** Why people were not told, as the business reads it. */
export function reasonWords(t: Messages, reason: string): string {
  switch (reason) {
    case 'bounced':
    case 'left':
    case 'complained':
    case 'declined':
    case 'topic_off':
    case 'paused':
    case 'month_full':
    case 'week_full':
    case 'premium':
    case 'stopped':
    case 'told_before':
      return t[`campaigns_reason_${reason}`]();
    default:
      return t.campaigns_reason_other();
  }
}

/** What a campaign did, in a sentence. */
export function effectWords(
  t: Messages,
  { effect, currency, isOver }: CampaignResult,
  { signedMoney }: Formats,
): string {
  if (effect === null || currency === null) return t.campaigns_effect_no_control();
  if (effect.state === 'too_few') return t.campaigns_effect_too_few();
  const money = (value: number) => signedMoney({ minor: BigInt(Math.round(value)), currency });
  const { difference, from, to } = effect.estimate;
  const said = { difference: money(difference), from: money(from), to: money(to) };
  if (effect.state === 'cannot_tell') return t.campaigns_effect_cannot_tell(said);
  return isOver ? t.campaigns_effect_told(said) : t.campaigns_effect_so_far(said);
}
