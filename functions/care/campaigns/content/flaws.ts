import { namesIn } from '../../../ground/outbox/own-words.ts';
import { type CampaignBlock, type CampaignContent, type CampaignTexts, languagesOf } from './content.ts';
import type { CampaignWorld } from './load-world.ts';
import { readerNames } from './reader-values.ts';

const flawCodes = [
  'no_subject',
  'no_blocks',
  'language_missing',
  'text_missing',
  'link_missing',
  'picture_missing',
  'alt_missing',
  'unknown_name',
  'voucher_unset',
  'voucher_untold',
  'no_currency',
  'other_currency',
  'event_gone',
  'event_over',
  'survey_closed',
  'segment_gone',
  'sender_gone',
] as const;
export type FlawCode = (typeof flawCodes)[number];

/** Something that is missing or wrong in a campaign; what is grave keeps it from going out. */
export interface Flaw {
  code: FlawCode;
  isGrave: boolean;
  /** The place of the block, from 1; null for the campaign itself. */
  block: number | null;
  language: string | null;
  /** What is named that nobody knows. */
  name: string | null;
}

/** Everything that is to be looked at before a campaign goes out, the campaign itself first. */
export function flawsOf(content: CampaignContent, world: CampaignWorld): Flaw[] {
  return [
    ...campaignFlaws(content, world),
    ...content.blocks.flatMap((block, at) =>
      blockFlaws(block, content, world).map((flaw) => ({ ...flaw, block: at + 1 })),
    ),
  ];
}

function campaignFlaws(content: CampaignContent, world: CampaignWorld): Flaw[] {
  const { subject, blocks, voucher } = content;
  const said = languagesOf(content);
  const isToldOf = blocks.some(({ kind }) => kind === 'voucher');
  const missing = said.length === 0 ? [] : world.languages.filter((language) => !said.includes(language));
  return [
    ...only(said.length === 0, 'no_subject'),
    ...only(blocks.length === 0, 'no_blocks'),
    ...missing.map((language) => flaw('language_missing', { isGrave: false, language })),
    ...unknownNames(subject),
    ...only(isToldOf && voucher === null, 'voucher_unset'),
    ...only(voucher !== null && !isToldOf, 'voucher_untold'),
    ...only(voucher !== null && world.currency === null, 'no_currency'),
    ...only(isOfOther(voucher, world.currency), 'other_currency'),
    ...only(!world.isSegmentThere, 'segment_gone'),
    ...only(!world.isSenderThere, 'sender_gone'),
  ];
}

/** A voucher said in another currency than one is given in. */
export const isOfOther = (voucher: CampaignContent['voucher'], currency: string | null): boolean =>
  voucher !== null && voucher.currency !== null && currency !== null && voucher.currency !== currency;

function blockFlaws(block: CampaignBlock, content: CampaignContent, world: CampaignWorld): Flaw[] {
  const spoken = languagesOf(content);
  switch (block.kind) {
    case 'text':
      return [
        ...textsMissing(block.texts, spoken),
        ...unknownNames(block.texts),
        ...unknownNames(block.formal),
      ];
    case 'button':
      return [
        ...textsMissing(block.texts, spoken),
        ...unknownNames(block.texts),
        ...only(block.link === '', 'link_missing'),
      ];
    case 'picture': {
      const isSaid = Object.keys(block.texts).length > 0;
      return [
        ...only(block.picture === null, 'picture_missing'),
        ...(isSaid ? [] : [flaw('alt_missing', { isGrave: false })]),
      ];
    }
    case 'product':
      return [...textsMissing(block.texts, spoken), ...only(block.link === '', 'link_missing')];
    case 'voucher':
      return [];
    case 'event': {
      const event = world.events.get(block.eventId);
      if (event === undefined || event.isCancelled) return [flaw('event_gone')];
      return only(event.answerUntil <= world.now, 'event_over');
    }
    case 'survey':
      return only(world.surveys.get(block.surveyId)?.isOpen !== true, 'survey_closed');
  }
}

const textsMissing = (texts: CampaignTexts, languages: readonly string[]) =>
  languages
    .filter((language) => texts[language] === undefined)
    .map((language) => flaw('text_missing', { language }));

function unknownNames(texts: CampaignTexts): Flaw[] {
  const names = new Set(Object.values(texts).flatMap(namesIn));
  return [...names]
    .filter((name) => !readerNames.some((one) => one === name))
    .map((name) => flaw('unknown_name', { name }));
}

const only = (isSo: boolean, code: FlawCode): Flaw[] => (isSo ? [flaw(code)] : []);

function flaw(code: FlawCode, told: Partial<Pick<Flaw, 'isGrave' | 'language' | 'name'>> = {}): Flaw {
  return { code, isGrave: true, block: null, language: null, name: null, ...told };
}
