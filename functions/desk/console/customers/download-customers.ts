import { writeDecision } from '../../../ground/decision/write-decision.ts';
import type { CsvCell, SheetRow } from '../../../ground/formats/table.ts';
import { allowProven } from '../../../ground/platform/allow.ts';
import { dayOf } from '../../../ground/platform/business-time.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { currencyExponent, formatDecimal } from '../../../ground/platform/money.ts';
import { wrongField } from '../../../ground/platform/parse-input.ts';
import { mayReadPersonal } from '../../../ground/platform/personal.ts';
import { csvNumber } from '../../../reach/exports/csv.ts';
import { streamOf } from '../../../reach/exports/stream-of.ts';
import { writeRows } from '../../../reach/exports/write-rows.ts';
import { type ChosenColumns, chooseColumns, type ListColumn } from './columns.ts';
import { type CustomerPlace, seek } from './find-filtered.ts';
import { catchUp } from './follow-figures.ts';
import { type ListedCustomer, listPage, orderFor } from './list-customers.ts';
import { type MeantCustomers, readMeant } from './meant.ts';
import type { CustomersAsked } from './read-filter.ts';

const CUSTOMERS_PER_STEP = 500;

/**
 * The customers that staff see as a CSV, one row each, with the columns and in the order of the list; who took it stands
 * in the log. Analysts get nobody's name or address.
 * @throws {AppError} as `listCustomers`, and `validation_failed` for a text that finds more than is looked at, and while the
 * list is not complete
 */
export async function downloadCustomers(
  ctx: Context,
  asked: CustomersAsked,
  columns: readonly string[],
): Promise<ReadableStream<Uint8Array>> {
  const isPersonal = mayReadPersonal(ctx.actor);
  if (isPersonal) allowProven(ctx);
  const read = await readMeant(ctx, asked);
  if (read.isCut) throw wrongField('search', 'too_many_found', 'finds more customers than are looked at');
  const { isBehind, isUnsorted } = await catchUp(ctx);
  if (isBehind)
    throw wrongField('', 'incomplete', 'the list is not complete yet: try again in a few minutes');
  const meant = { ...read, order: orderFor(read.order, { isUnsorted }) };
  const chosen = chooseColumns(columns, meant.fields);
  await writeDecision(ctx, {
    audit: {
      kind: 'customers.exported',
      subjectKind: 'export',
      subjectId: 'customers',
      detail: { columns: [...chosen.columns, ...chosen.own.map(({ key }) => key)].join(', ') },
    },
  });
  const head = ['name', ...chosen.columns, ...chosen.own.map(({ key }) => `own:${key}`)];
  return streamOf(writeRows({ columns: head, pages: pagesOf(ctx, meant, { chosen, isPersonal }) }, 'csv'));
}

interface Terms {
  chosen: ChosenColumns;
  isPersonal: boolean;
}

async function* pagesOf(ctx: Context, meant: MeantCustomers, terms: Terms): AsyncGenerator<SheetRow[]> {
  const sought = await seek(ctx.db, meant.filter);
  let after: CustomerPlace | null = null;
  for (;;) {
    const page: Awaited<ReturnType<typeof listPage>> = await listPage(
      ctx,
      { ...meant, sought },
      {
        after,
        limit: CUSTOMERS_PER_STEP,
      },
    );
    yield page.items.map((customer) => rowOf(customer, meant, terms));
    after = page.places.length < CUSTOMERS_PER_STEP ? page.goOn : (page.places.at(-1) ?? null);
    if (after === null) return;
  }
}

function rowOf(
  customer: ListedCustomer,
  { business }: MeantCustomers,
  { chosen, isPersonal }: Terms,
): SheetRow {
  const exponent = currencyExponent(business.currency ?? '') ?? 2;
  const money = (minor: bigint) => csvNumber(formatDecimal(minor, exponent));
  const told = (text: string | null) => (isPersonal ? text : null);
  const cells: Record<ListColumn, CsvCell> = {
    email: told(customer.email ?? customer.key),
    phone: told(customer.phone),
    number: told(customer.memberNumber),
    account: customer.kind === 'personal' ? null : told(customer.accountName),
    spend: money(customer.spendMinor),
    year: money(customer.yearSpendMinor),
    expected: customer.expectedMinor === null ? null : money(customer.expectedMinor),
    orders: customer.orderCount,
    last: customer.lastPlacedAt === null ? null : dayOf(customer.lastPlacedAt, business.timeZone),
    balance: money(customer.balanceMinor),
    joined: dayOf(customer.joinedAt, business.timeZone),
    member: yesOrNo(customer.isClaimed),
    club: yesOrNo(customer.isInClub),
    news: yesOrNo(customer.wantsNews),
    manager: customer.manager,
  };
  return [
    told(customer.name),
    ...chosen.columns.map((column) => cells[column]),
    ...chosen.own.map(({ key }) => customer.own.get(key) ?? null),
  ];
}

const yesOrNo = (isSo: boolean) => (isSo ? 'yes' : 'no');
