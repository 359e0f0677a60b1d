import { listHospitality } from '../../../care/hospitality/list-hospitality.ts';
import type { HospitalityEntry } from '../../../care/hospitality/to-entry.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { downloadTable, moneyFor, namesFor } from '../insight/download-table.ts';

const ENTRIES_A_READ = 1000;

/** The register of gifts and hospitality of a year, as a CSV. @throws {AppError} `forbidden`, `proof_needed` */
export async function downloadHospitality(
  ctx: Context,
  span: { since?: string; until?: string },
): Promise<ReadableStream<Uint8Array>> {
  const items = await readAll(ctx, span);
  const name = namesFor(ctx);
  const rows = items.map((entry) => {
    const money = moneyFor(entry.currency);
    return [
      ...[
        entry.day,
        entry.kind,
        entry.customerId,
        name(entry.customer ?? ''),
        entry.giver,
        name(entry.purpose),
      ],
      ...[money(entry.worthMinor), entry.currency, money(entry.yearBeforeMinor)],
      ...[money(entry.actLimitMinor), money(entry.yearLimitMinor), entry.state],
      ...[
        entry.decidedBy,
        entry.isAlone ? 'yes' : '',
        name(entry.decisionReason ?? entry.withdrawnReason ?? ''),
      ],
    ];
  });
  const columns = [
    ...['day', 'kind', 'customer_id', 'customer', 'giver', 'purpose', 'worth', 'currency', 'year_before'],
    ...['limit_act', 'limit_year', 'state', 'decided_by', 'decided_alone', 'reason'],
  ];
  return downloadTable(ctx, { name: 'hospitality', columns, rows }, { isNamed: true });
}

async function readAll(ctx: Context, span: { since?: string; until?: string }): Promise<HospitalityEntry[]> {
  const all: HospitalityEntry[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listHospitality>> = await listHospitality(
      ctx,
      { ...span, cursor },
      ENTRIES_A_READ,
    );
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return all;
}
