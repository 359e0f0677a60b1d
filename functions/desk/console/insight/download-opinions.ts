import { textIn } from '../../../ground/identity/languages.ts';
import { dayOf } from '../../../ground/platform/business-time.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { type GapsOf, getGaps } from '../../../insight/opinions/get-gaps.ts';
import {
  type AccountOpinion,
  listOpinions,
  type OpinionsPage,
} from '../../../insight/opinions/list-opinions.ts';
import type { Opinion } from '../../../insight/opinions/opinion.ts';
import { getBusiness } from '../../../money/business/business.ts';
import type { OpinionKind } from '../../../voice/surveys/asked-parts.ts';
import type { Interval } from '../../../voice/surveys/intervals.ts';
import { downloadTable, moneyFor, namesFor } from './download-table.ts';

/** The topics of the page with both sides and the gap; names nobody. @throws {AppError} as `getGaps` */
export async function downloadGaps(
  ctx: Context,
  { of, language }: { of: GapsOf; language: string },
): Promise<ReadableStream<Uint8Array>> {
  const gaps = await getGaps(ctx, of);
  return downloadTable(ctx, {
    name: 'topics',
    columns: [
      'topic',
      'want',
      'want_people',
      'get',
      'get_people',
      'gap',
      'gap_people',
      'gap_from',
      'gap_to',
      'clear',
    ],
    rows: gaps.map(({ topicId, text, want, get, gap, isClear }) => [
      textIn(text, language) || topicId,
      ...figure(want),
      ...figure(get),
      ...figure(gap),
      ...ends(gap?.interval ?? null),
      isClear === null ? null : isClear ? 'yes' : 'no',
    ]),
  });
}

/** So many accounts are read at once for a file. */
const ACCOUNTS_PER_READ = 5000;

/** Accounts by what their people think, as the page lists them, all of them. @throws {AppError} as `listOpinions`, `proof_needed` */
export async function downloadOpinions(
  ctx: Context,
  { kind }: { kind: OpinionKind },
): Promise<ReadableStream<Uint8Array>> {
  const { currency, timeZone } = await getBusiness(ctx);
  const [money, told] = [moneyFor(currency), namesFor(ctx)];
  const accounts: AccountOpinion[] = [];
  let cursor: string | null = null;
  do {
    const page: OpinionsPage = await listOpinions(ctx, { kind, cursor, limit: ACCOUNTS_PER_READ });
    accounts.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return downloadTable(
    ctx,
    {
      name: kind,
      columns: [
        ...[
          'account',
          'kind',
          'mean',
          'answered',
          'people',
          'from',
          'to',
          'change',
          'change_from',
          'change_to',
        ],
        ...['answered_on', 'last_on', 'currency', 'year_spend'],
      ],
      rows: accounts.map(({ now, change, ...account }) => [
        ...[told(account.name), account.kind, ...figure(now), account.people, ...ends(now.interval)],
        ...[change === null ? null : rounded(change.mean), ...ends(change?.interval ?? null)],
        ...[dayOf(account.answeredAt, timeZone), account.lastOn, currency, money(account.yearSpendMinor)],
      ]),
    },
    { isNamed: true },
  );
}

const rounded = (value: number) => Math.round(value * 100) / 100;
const figure = (told: Opinion | null) => (told === null ? [null, null] : [rounded(told.mean), told.n]);
const ends = (interval: Interval | null) =>
  interval === null ? [null, null] : [rounded(interval.from), rounded(interval.to)];
