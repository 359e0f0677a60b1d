import type { Context } from '../../../ground/platform/context.ts';
import { hashOf } from '../../../ground/platform/ids.ts';
import { getBusiness } from '../../../money/business/business.ts';
import type { ColumnFacts } from '../guess/column-facts.ts';
import type { GuessedMap } from '../guess/finding.ts';
import { guessFrom } from '../guess/guess-map.ts';
import { readFacts } from '../guess/read-facts.ts';
import type { SourceFile } from '../source-file.ts';
import { findTill } from '../tills.ts';
import { type ColumnLook, type FileLook, headersText } from './file-look.ts';
import { findKeptMap } from './queries.ts';

const SAMPLES = 3;
const SAMPLE_LENGTH_MAX = 120;
const DATE_FORMS_TOLD = 3;

/**
 * Reads all of an orders file once to tell what it is, and once more to guess a map where its headers are not known and
 * no such file was read before.
 * @throws {AppError} when it cannot be read
 */
export async function lookAtOrders(
  ctx: Context,
  file: SourceFile,
  onRows: (rows: number) => void,
): Promise<FileLook> {
  const facts = await readFacts(file, { samples: SAMPLES, onRows });
  const business = await getBusiness(ctx);
  const till = findTill(facts.headers, { defaultCurrency: business.currency });
  const kept = await keptMap(ctx, facts.headers);
  const guess = kept ?? (await guessFrom(ctx, { file, facts, currency: null })).map;
  return {
    title: till?.title ?? null,
    headers: facts.headers,
    samples: facts.samples.map((row) => row.map((cell) => cell.slice(0, SAMPLE_LENGTH_MAX))),
    rows: facts.rows,
    columns: facts.columns.map(toLook),
    guess,
    isRemembered: kept !== null,
  };
}

async function keptMap(ctx: Context, headers: readonly string[]): Promise<GuessedMap | null> {
  const [kept] = await findKeptMap(ctx.db, { hash: hashOf(headersText(headers)) });
  return kept === undefined ? null : JSON.parse(kept.map);
}

function toLook({ dates, ...facts }: ColumnFacts): ColumnLook {
  const forms = [...dates].map(([form, cells]) => ({ form, cells })).sort((a, b) => b.cells - a.cells);
  return {
    filled: facts.filled,
    emails: facts.emails,
    amounts: facts.amounts,
    currencies: facts.currencies,
    commas: facts.commaDecimals,
    points: facts.pointDecimals,
    zoned: facts.zoned,
    dates: forms.slice(0, DATE_FORMS_TOLD),
  };
}
