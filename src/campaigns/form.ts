import {
  type BlockKind,
  blockKinds,
  type CampaignBlock,
  type CampaignContent,
  type CampaignContentInput,
  campaignKinds,
  LINE_LENGTH_MAX,
  TEXT_LENGTH_MAX,
  VOUCHER_DAYS_MAX,
  WINDOW_DAYS_MAX,
} from '../../functions/care/campaigns/content/content.ts';
import { newBlockId } from '../../functions/care/campaigns/schema.ts';
import { currencyExponent, formatDecimal, parseDecimal } from '../../functions/ground/platform/money.ts';
import { oneOf } from '../forms.ts';
import type { Speech } from '../locale.ts';
import { blockWords } from '../words/campaigns.ts';
import type { FieldRule } from '../words/field-errors.ts';
import { inEach, labelIn } from '../words/languages.ts';

type BlockInput = CampaignContentInput['blocks'][number];

/** The field of a block: `b_1a2b3c4d_text_en`. */
export const blockField = (id: string, part: string, language = ''): string =>
  language === '' ? `b_${id}_${part}` : `b_${id}_${part}_${language}`;

/** The blocks of a form, in their order: `1a2b3c4d:text 5e6f7a8b:button`. */
export const blocksText = (blocks: readonly Pick<CampaignBlock, 'id' | 'kind'>[]): string =>
  blocks.map(({ id, kind }) => `${id}:${kind}`).join(' ');

/** What a form of a campaign says; `kept` is what it showed, whose other languages stay. */
export function readCampaignForm(
  fields: Map<string, string>,
  { kept, speech, currency }: { kept: CampaignContent; speech: Speech; currency: string | null },
): CampaignContentInput {
  const value = (name: string) => fields.get(name) ?? '';
  const { languages } = speech;
  const texts = (
    before: Readonly<Record<string, string>> | undefined,
    nameIn: (language: string) => string,
  ) => ({
    ...before,
    ...inEach(languages, (language) => value(nameIn(language))),
  });
  const amount = value('voucher');
  return {
    name: value('name'),
    kind: oneOf(value('kind'), campaignKinds) ?? kept.kind,
    segmentId: value('segment') || null,
    controlPercent: Number(value('control')),
    windowDays: Number(value('window')),
    sender: value('sender') || null,
    subject: texts(kept.subject, (language) => `subject_${language}`),
    voucher:
      amount === ''
        ? null
        : { amountMinor: typedMinor(amount, currency), days: Number(value('voucher_days')) },
    blocks: value('blocks')
      .split(' ')
      .flatMap((named) => readBlock(named, { kept, value, texts })),
  };
}

/** What is no sum of money is none that is taken. */
function typedMinor(text: string, currency: string | null): bigint {
  const parsed = parseDecimal(text.replace(',', '.'), currencyExponent(currency ?? '') ?? 2);
  return parsed.ok ? parsed.minor : 0n;
}

interface BlockReading {
  kept: CampaignContent;
  value: (name: string) => string;
  texts: (
    before: Readonly<Record<string, string>> | undefined,
    nameIn: (language: string) => string,
  ) => Record<string, string>;
}

function readBlock(named: string, { kept, value, texts }: BlockReading): BlockInput[] {
  const [id = '', kind] = named.split(':');
  const known = oneOf(kind ?? null, blockKinds);
  if (known === null) return [];
  const before = kept.blocks.find((block) => block.id === id);
  const said = (part: string) => {
    const own: unknown = before === undefined ? undefined : Reflect.get(before, part);
    return texts(isTexts(own) ? own : undefined, (language) => blockField(id, part, language));
  };
  const link = value(blockField(id, 'link'));
  const picture = value(blockField(id, 'picture')) || null;
  switch (known) {
    case 'text':
      return [{ id, kind: known, texts: said('texts'), formal: said('formal') }];
    case 'button':
      return [{ id, kind: known, texts: said('texts'), link }];
    case 'picture':
      return [{ id, kind: known, texts: said('texts'), picture, link }];
    case 'product':
      return [{ id, kind: known, texts: said('texts'), lines: said('lines'), picture, link }];
    case 'voucher':
      return [{ id, kind: known, texts: said('texts') }];
    case 'event':
      return [{ id, kind: known, eventId: value(blockField(id, 'eventId')) }];
    case 'survey':
      return [{ id, kind: known, surveyId: value(blockField(id, 'surveyId')) }];
  }
}

const isTexts = (value: unknown): value is Record<string, string> =>
  typeof value === 'object' && value !== null;

/** A block as it begins. */
function emptyBlock(kind: BlockKind): BlockInput {
  const id = newBlockId();
  switch (kind) {
    case 'text':
      return { id, kind, texts: {}, formal: {} };
    case 'button':
      return { id, kind, texts: {}, link: '' };
    case 'picture':
      return { id, kind, texts: {}, picture: null, link: '' };
    case 'product':
      return { id, kind, texts: {}, lines: {}, picture: null, link: '' };
    case 'voucher':
      return { id, kind, texts: {} };
    case 'event':
      return { id, kind, eventId: '' };
    case 'survey':
      return { id, kind, surveyId: '' };
  }
}

/** A campaign as it begins: a text to write and nobody held back. */
export const emptyCampaign = (name: string): CampaignContentInput => ({
  ...{ name, kind: 'news', segmentId: null, controlPercent: 0, windowDays: 30, sender: null },
  ...{ subject: {}, voucher: null, blocks: [emptyBlock('text')] },
});

/** Blocks after a press of one of their buttons: `up`, `down` or `remove` and an id, `add` and a kind. */
export function moveBlocks(
  blocks: readonly BlockInput[],
  [act, what]: readonly [string, string],
): BlockInput[] {
  if (act === 'add') {
    const kind = oneOf(what, blockKinds);
    return kind === null ? [...blocks] : [...blocks, emptyBlock(kind)];
  }
  const at = blocks.findIndex(({ id }) => id === what);
  const moved = blocks.toSpliced(at, 1);
  const block = blocks[at];
  if (block === undefined || act === 'remove') return at < 0 ? [...blocks] : moved;
  return moved.toSpliced(Math.max(0, act === 'up' ? at - 1 : at + 1), 0, block);
}

/** The sum of a voucher as its field shows it; what was typed and is no sum stays as it is. */
export function voucherText({ voucher }: CampaignContentInput, currency: string | null): string {
  if (voucher === null) return '';
  const { amountMinor } = voucher;
  if (typeof amountMinor === 'string') return amountMinor;
  return formatDecimal(BigInt(amountMinor), currencyExponent(currency ?? '') ?? 2);
}

/** The fields of the form, and what each takes. */
export function campaignRules(speech: Speech, blocks: readonly BlockInput[]): Record<string, FieldRule> {
  const { t, languages } = speech;
  const length = (max: number) => t.form_rule_length({ max });
  const number = (from: number, to: number) => t.form_rule_number({ from: String(from), to: String(to) });
  const each = languages.map((language): [string, FieldRule] => [
    `subject.${language}`,
    {
      field: `subject_${language}`,
      label: labelIn(speech, t.campaigns_subject(), language),
      rule: length(LINE_LENGTH_MAX),
    },
  ]);
  return {
    name: { field: 'name', label: t.campaigns_name(), rule: length(120) },
    segmentId: { field: 'segment', label: t.campaigns_segment(), rule: t.form_rule_segment() },
    windowDays: { field: 'window', label: t.campaigns_window(), rule: number(1, WINDOW_DAYS_MAX) },
    sender: { field: 'sender', label: t.campaigns_sender(), rule: t.campaigns_rule_choice() },
    'voucher.amountMinor': { field: 'voucher', label: t.campaigns_voucher(), rule: t.form_rule_amount() },
    'voucher.days': {
      field: 'voucher_days',
      label: t.campaigns_voucher_days(),
      rule: number(1, VOUCHER_DAYS_MAX),
    },
    blocks: { field: 'add', label: t.campaigns_add(), rule: t.campaigns_rule_blocks() },
    ...Object.fromEntries([...each, ...blocks.flatMap((block, at) => blockRules(speech, block, at))]),
  };
}

function blockRules(speech: Speech, { id, kind }: BlockInput, at: number): [string, FieldRule][] {
  const { t, languages } = speech;
  const named = blockWords(t, kind);
  const texts = languages.flatMap((language): [string, FieldRule][] =>
    ['texts', 'formal', 'lines'].map((part) => [
      `blocks.${at}.${part}.${language}`,
      {
        field: blockField(id, part, language),
        label: labelIn(speech, named, language),
        rule: t.form_rule_length({ max: kind === 'text' ? TEXT_LENGTH_MAX : LINE_LENGTH_MAX }),
      },
    ]),
  );
  return [
    ...texts,
    [
      `blocks.${at}.link`,
      { field: blockField(id, 'link'), label: t.campaigns_link(), rule: t.campaigns_rule_link() },
    ],
    [`blocks.${at}`, { field: blockField(id, 'eventId'), label: named, rule: t.campaigns_rule_choice() }],
  ];
}
