import type { Formats } from '../../../ground/formats/format.ts';
import type { LetterBlock } from '../../../ground/outbox/letter-kind.ts';
import { lineOf, paragraphsOf } from '../../../ground/outbox/own-words.ts';
import { DAY_MS } from '../../../ground/platform/calendar.ts';
import { type CampaignBlock, type CampaignContent, type CampaignTexts, spokenIn } from './content.ts';
import type { CampaignWorld } from './load-world.ts';
import type { CampaignReader, ReaderValues } from './reader-values.ts';

/** What our own words around the business's say. */
export interface BlockWords {
  voucher: (values: { amount: string }) => string;
  voucherUntil: (values: { date: string }) => string;
  voucherHidden: string;
  product: string;
  event: string;
  survey: string;
}

/** Everything that a campaign says to one reader. */
export interface CampaignWording {
  content: CampaignContent;
  language: string;
  reader: CampaignReader;
  formats: Formats;
  currency: string | null;
  words: BlockWords;
  offered: Pick<CampaignWorld, 'events' | 'surveys'>;
  /** The voucher of the reader's account, and whether they may know its code; null for none. */
  voucher: { code: string | null; amountMinor: bigint; expiresAt: number } | null;
  /** Where what it leads to stands: pages of the portal, and pictures. */
  toPage: (path: string) => string;
  toPicture: (name: string) => string;
  /** Where the campaign's own page is. */
  web: string;
}

/** A campaign in the words for one reader: what names something they have not is left out. */
export function wordCampaign(wording: CampaignWording): {
  subject: string;
  blocks: LetterBlock[];
  paragraphs: string[];
} {
  const { content, language, reader } = wording;
  const blocks = content.blocks.flatMap((block) => wordBlock(block, wording));
  const subject = spokenIn(content.subject, language);
  return {
    subject: lineOf(subject, reader.values) ?? withoutNames(subject),
    blocks,
    paragraphs: blocks.flatMap(inWords),
  };
}

function wordBlock(block: CampaignBlock, wording: CampaignWording): LetterBlock[] {
  const { language, reader, toPicture } = wording;
  const said = (texts: CampaignTexts) => filled(spokenIn(texts, language), reader.values);
  switch (block.kind) {
    case 'text': {
      const formal = reader.isFormal ? block.formal[language] : undefined;
      const text = formal ?? spokenIn(block.texts, language);
      return paragraphsOf(text, reader.values).map((paragraph) => ({ kind: 'text', text: paragraph }));
    }
    case 'button':
      return block.link === '' ? [] : [{ kind: 'button', text: said(block.texts), link: block.link }];
    case 'picture': {
      const { picture, link } = block;
      const alt = said(block.texts);
      return picture === null
        ? []
        : [{ kind: 'picture', picture: toPicture(picture), alt, link: link || null }];
    }
    case 'product':
      return [
        {
          kind: 'thing',
          title: said(block.texts),
          lines: [said(block.lines)].filter((line) => line !== ''),
          picture: block.picture === null ? null : toPicture(block.picture),
          button: wording.words.product,
          link: block.link || wording.web,
        },
      ];
    case 'voucher':
      return wordVoucher(said(block.texts), wording);
    case 'event':
      return wordEvent(block.eventId, wording);
    case 'survey':
      return wordSurvey(block.surveyId, wording);
  }
}

function wordVoucher(text: string, { formats, currency, voucher, words }: CampaignWording): LetterBlock[] {
  if (currency === null || voucher === null) return [];
  const amount = formats.money({ minor: voucher.amountMinor, currency });
  const until = words.voucherUntil({ date: formats.day(voucher.expiresAt - 1) });
  const title = text === '' ? words.voucher({ amount }) : text;
  if (voucher.code === null) return [{ kind: 'text', text: `${title}\n${words.voucherHidden}` }];
  return [
    {
      kind: 'voucher',
      title,
      code: voucher.code,
      lines: text === '' ? [until] : [words.voucher({ amount }), until],
    },
  ];
}

function wordEvent(
  id: string,
  { offered, language, formats, words, toPage }: CampaignWording,
): LetterBlock[] {
  const event = offered.events.get(id);
  if (event === undefined || event.isCancelled) return [];
  const texts = Object.entries(event.texts);
  const { title = '' } = event.texts[language] ?? texts[0]?.[1] ?? {};
  const when = formats.moment({ at: event.startsAt, day: null });
  const lines = [when, event.place].filter((line) => line !== '');
  return [
    {
      kind: 'thing',
      title,
      lines,
      picture: null,
      button: words.event,
      link: toPage(`/account/club/events/${id}`),
    },
  ];
}

/** Its page is where it is begun, since that needs somebody who is signed in. */
function wordSurvey(id: string, { offered, language, words, web }: CampaignWording): LetterBlock[] {
  const survey = offered.surveys.get(id);
  if (survey === undefined || !survey.isOpen) return [];
  return [
    {
      kind: 'thing',
      title: spokenIn(survey.title, language),
      lines: [],
      picture: null,
      button: words.survey,
      link: web,
      survey: id,
    },
  ];
}

/** One of the paragraphs that has what it names, or nothing. */
const filled = (text: string, values: ReaderValues) => paragraphsOf(text, values).join('\n\n');

/** `For you, {name}` as `For you`: a subject is never left out. */
const withoutNames = (text: string) =>
  text
    .split(/\{\w{1,40}\}/)
    .map((part, at, all) => (at === all.length - 1 ? part : withoutEnd(part.trimEnd())))
    .join('')
    .trim();

const withoutEnd = (text: string) => (/[,:–-]$/.test(text) ? text.slice(0, -1).trimEnd() : text);

/** What a block says without its looks, as messages of the portal show it. */
function inWords(block: LetterBlock): string[] {
  switch (block.kind) {
    case 'text':
      return [block.text];
    case 'picture':
    case 'button':
      return [];
    case 'thing':
      return [[block.title, ...block.lines].join('\n')];
    case 'voucher':
      return [[block.title, block.code, ...block.lines].join('\n')];
  }
}

/** When a voucher that is given now ends. */
export const voucherEnd = (now: number, days: number) => now + days * DAY_MS;
