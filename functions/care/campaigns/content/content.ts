import { z } from 'zod';
import { exactInteger } from '../../../ground/platform/exact-json.ts';
import { isStorable, issue, lineOfText, webAddress } from '../../../ground/platform/input.ts';

/** What a campaign is, and with it who may be told (DOMAIN §6). */
export const campaignKinds = ['news', 'sales', 'service'] as const;
export type CampaignKind = (typeof campaignKinds)[number];

/** How many of a hundred accounts may be held back. */
export const controlShares = [0, 5, 10, 20, 30, 50] as const;

const BLOCKS_MAX = 30;
export const TEXT_LENGTH_MAX = 5000;
export const LINE_LENGTH_MAX = 200;
export const WINDOW_DAYS_MAX = 365;
export const VOUCHER_DAYS_MAX = 365;

const words = (length_max: number) =>
  z
    .string()
    .trim()
    .max(length_max)
    .refine(isStorable, { params: { code: 'invalid_text' }, message: 'has characters that no text may have' })
    .transform((text) => text.replaceAll(/\r\n?/g, '\n'));

/** What stands on one line wherever it is read: a subject, a button, a title. */
const line = z
  .string()
  .transform((text) => text.replaceAll(/\s+/g, ' '))
  .pipe(lineOfText(LINE_LENGTH_MAX));

/** By language; what says nothing is left out. */
const byLanguage = (said: z.ZodType<string, string>) =>
  z
    .record(z.string().max(10), said)
    .transform((all) => Object.fromEntries(Object.entries(all).filter(([, text]) => text !== '')));
const texts = (length_max: number) => byLanguage(words(length_max));
const lines = byLanguage(line);
export type CampaignTexts = Readonly<Record<string, string>>;

/** Empty until somebody says it. */
const link = z.union([z.literal(''), webAddress]);
const picture = z.string().max(40).nullable();
const id = z.string().regex(/^[0-9a-f]{8}$/);

const block = z.discriminatedUnion('kind', [
  z.strictObject({
    id,
    kind: z.literal('text'),
    texts: texts(TEXT_LENGTH_MAX),
    /** For those who want to be spoken to formally; in languages left out, the same. */
    formal: texts(TEXT_LENGTH_MAX),
  }),
  z.strictObject({ id, kind: z.literal('button'), texts: lines, link }),
  /** `texts` say what is on it. */
  z.strictObject({ id, kind: z.literal('picture'), texts: lines, picture, link }),
  z.strictObject({
    id,
    kind: z.literal('product'),
    texts: lines,
    /** What is said of it, such as its price. */
    lines: texts(1000),
    picture,
    link,
  }),
  z.strictObject({ id, kind: z.literal('voucher'), texts: lines }),
  z.strictObject({ id, kind: z.literal('event'), eventId: z.string().max(64) }),
  z.strictObject({ id, kind: z.literal('survey'), surveyId: z.string().max(64) }),
]);
export type CampaignBlock = z.output<typeof block>;
export type BlockKind = CampaignBlock['kind'];
export const blockKinds = [
  'text',
  'button',
  'picture',
  'product',
  'voucher',
  'event',
  'survey',
] as const satisfies readonly BlockKind[];

/** What a campaign says, to whom and how. A draft may leave much of it empty; `checkCampaign` says what is missing. */
export const campaignContent = z.strictObject({
  name: lineOfText(120).pipe(z.string().min(1)),
  kind: z.enum(campaignKinds),
  segmentId: z.string().max(40).nullable(),
  controlPercent: z
    .int()
    .refine(
      (share) => controlShares.some((one) => one === share),
      issue('unknown_share', `has to be one of ${controlShares.join(', ')}`),
    ),
  /** How many days from the draw on count for the result. */
  windowDays: z.int().min(1).max(WINDOW_DAYS_MAX),
  /** Who signs it: nobody but the business, each reader's account manager, or a member of the team by id. */
  sender: z.string().max(64).nullable(),
  subject: lines,
  /** What each account gets, in minor units of the business's currency, and how long it lasts. */
  voucher: z
    .strictObject({
      amountMinor: exactInteger.refine((minor) => minor > 0n),
      /** The one in which the amount was said, as the operation adds it; the business may have chosen another since. */
      currency: z.string().length(3).nullable().default(null),
      days: z.int().min(1).max(VOUCHER_DAYS_MAX),
    })
    .nullable(),
  blocks: z
    .array(block)
    .max(BLOCKS_MAX)
    .refine(
      (all) => new Set(all.map((one) => one.id)).size === all.length,
      issue('duplicate', 'has two blocks of one id'),
    ),
});
export type CampaignContent = z.output<typeof campaignContent>;
export type CampaignContentInput = z.input<typeof campaignContent>;

/** Signed by each reader's account manager. */
export const BY_MANAGER = 'manager';

/** The languages in which a campaign says what it is about; it goes out in these. */
export function languagesOf({ subject }: Pick<CampaignContent, 'subject'>): string[] {
  return Object.keys(subject);
}

/** A text in a language, else in the first that it was written in. */
export function spokenIn(said: CampaignTexts, language: string): string {
  return said[language] ?? Object.values(said)[0] ?? '';
}
