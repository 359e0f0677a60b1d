import { z } from 'zod';
import { importKinds, importRunStates } from '../../../../db/schema/index.ts';
import { instantAnswer, instantText, moneyAnswer } from '../../../ground/platform/answer.ts';
import { currency, pageCursor } from '../../../ground/platform/input.ts';
import type { ImportRunSummary } from './list-import-runs.ts';
import { type ImportRun, rowKinds } from './run.ts';
import type { RunReport } from './run-report.ts';

const reportAnswer = z
  .object({
    title: z
      .string()
      .nullable()
      .meta({ examples: ['Shopify orders export'] }),
    created: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    rejected: z.int(),
    newCustomers: z.int(),
    rows: z.int(),
    rewards: z.object({ earned: moneyAnswer, entries: z.int() }).nullable(),
    leftOut: z.array(z.object({ reason: z.string(), rows: z.int() })),
    errors: z.array(
      z.object({
        line: z.int(),
        subject: z.string().nullable(),
        reason: z.string(),
        code: z.string().nullable(),
      }),
    ),
    seconds: z.number(),
  })
  .meta({
    id: 'ImportReport',
    description:
      'What an import did, or a dry run found that it would do. `rows` are those below the header, `leftOut` those that are nothing to bring in, `errors` the first 50 of what was refused, with its line, the order, person or feedback it is about, the reason and its code; no code in imports of earlier releases.',
  });

const stateAnswer = z.enum(importRunStates).meta({ examples: ['checked'] });

/** What a file was found to be, see `FileLook`. */
const lookAnswer = z.object({
  title: z
    .string()
    .nullable()
    .meta({ examples: ['Shopify orders export'] }),
  headers: z.array(z.string()).meta({ examples: [['Date', 'Mail', 'Total']] }),
  samples: z.array(z.array(z.string())).meta({ examples: [[['05.03.2026', 'ann@example.com', '18,50']]] }),
  rows: z.int(),
  columns: z.array(
    z.object({
      filled: z.int(),
      emails: z.int(),
      amounts: z.int(),
      currencies: z.int(),
      commas: z.int(),
      points: z.int(),
      zoned: z.int(),
      dates: z.array(z.object({ form: z.string().meta({ examples: ['DD.MM.YYYY'] }), cells: z.int() })),
    }),
  ),
  guess: z.unknown().meta({
    examples: [{ columns: { placed_at: 'Date', customer_email: 'Mail', line_total: 'Total' } }],
  }),
  isRemembered: z.boolean(),
});

/** A file that is brought in, as the API answers it. */
export const importAnswer = z
  .object({
    id: z.string(),
    kind: z.enum(importKinds),
    fileName: z.string().meta({ examples: ['till.csv'] }),
    fileBytes: z.int().nullable(),
    state: stateAnswer,
    startedAt: instantAnswer,
    finishedAt: instantAnswer.nullable(),
    look: lookAnswer.nullable(),
    map: z.unknown().meta({ examples: [null] }),
    currency: z.string().nullable(),
    preview: reportAnswer.nullable(),
    report: reportAnswer.nullable(),
    progress: z
      .object({
        phase: z.enum(['look', 'read', 'write', 'undo']),
        rows: z.int(),
        of: z.int().nullable(),
        perSecond: z.int().nullable(),
        leftSeconds: z.int().nullable(),
      })
      .nullable(),
    failure: z
      .string()
      .nullable()
      .meta({ examples: [null] }),
    rejectedRows: z.int(),
  })
  .meta({
    id: 'Import',
    description:
      'A file that is brought in. `look` is what an orders file was found to be, with the first rows and a map of its columns to begin with; `map` is how it is read, null where its headers are known; `preview` is what the dry run told, `report` what the import did; `progress` is there while something works on it. `rejectedRows` can be fetched to be mended.',
  });

/** One of the list. */
export const importListed = z
  .object({
    id: z.string(),
    kind: z.enum(importKinds),
    fileName: z.string().meta({ examples: ['till.csv'] }),
    state: z.enum([...importRunStates, 'interrupted']).meta({ examples: ['done'] }),
    startedAt: instantAnswer,
    isByCommand: z.boolean(),
    report: reportAnswer.nullable(),
  })
  .meta({
    id: 'ListedImport',
    description:
      'A file that was brought in. One of the command line can be undone, and is told nowhere else.',
  });

/** Where an import is after what was asked of it. */
export const movedImport = z.object({ id: z.string(), state: stateAnswer }).meta({
  id: 'MovedImport',
  description: 'An import and what it is at; its own address tells the rest.',
});

function reportOf(report: RunReport | null, business: string | null): z.infer<typeof reportAnswer> | null {
  if (report === null) return null;
  const { archive: _, rewards, ...told } = report;
  const errors = told.errors.map(({ why, ...one }) => ({ ...one, code: why?.code ?? null }));
  const counted = { ...told, errors };
  if (rewards === null || business === null) return { ...counted, rewards: null };
  const earned = { amount: rewards.earned, currency: business };
  return { ...counted, rewards: { earned, entries: rewards.entries } };
}

export function toImportAnswer(run: ImportRun, business: string | null): z.infer<typeof importAnswer> {
  const { progress } = run;
  return {
    ...{ id: run.id, kind: run.kind, fileName: run.fileName, fileBytes: run.fileBytes, state: run.state },
    startedAt: instantText(run.startedAt),
    finishedAt: run.finishedAt === null ? null : instantText(run.finishedAt),
    ...{ look: run.look, map: run.map, currency: run.currency },
    preview: reportOf(run.preview, business),
    report: reportOf(run.report, business),
    progress:
      progress === null
        ? null
        : {
            ...{ phase: progress.phase, rows: progress.rows, of: progress.of },
            ...{ perSecond: progress.perSecond, leftSeconds: progress.left_s },
          },
    ...{ failure: run.failure, rejectedRows: run.rejectedRows },
  };
}

export function toListedImport(one: ImportRunSummary, business: string | null): z.infer<typeof importListed> {
  const { id, kind, fileName, state, startedAt, hasPage, report } = one;
  return {
    ...{ id, kind, fileName, state, startedAt: instantText(startedAt), isByCommand: !hasPage },
    report: reportOf(report, business),
  };
}

/** `GET /imports` */
export const importsQuery = z.strictObject({ cursor: pageCursor.optional() });

/** What files may be said to be; what they are is told by their first bytes. */
export const fileTypes = [
  'text/csv',
  'text/tab-separated-values',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/octet-stream',
] as const;

/** `POST /imports` */
export const uploadQuery = z.strictObject({
  kind: z
    .enum(rowKinds)
    .default('orders')
    .meta({ description: 'What the file holds: orders unless said otherwise.', examples: ['orders'] }),
  fileName: z
    .string()
    .min(1)
    .max(1000)
    .meta({ description: 'What the file is called, for people to know it by.', examples: ['till.csv'] }),
});

export const uploadExample =
  'order_number,placed_at,customer_email,currency,line_total\nA-17,2026-03-05,ann@example.com,EUR,18.50\n';

/** `POST /imports/{id}/dry-run` */
export const dryRunInput = z.strictObject({
  map: z
    .record(z.string(), z.unknown())
    .nullish()
    .meta({ description: 'As `import orders --map` takes it; none for a file whose headers are known.' }),
  currency: currency.nullish().meta({ description: 'For a file that does not say its currency.' }),
});

export const dryRunExample = {
  map: {
    columns: { placed_at: 'Date', customer_email: 'Mail', order_number: 'No', line_total: 'Total' },
    defaults: { currency: 'EUR' },
  },
};
