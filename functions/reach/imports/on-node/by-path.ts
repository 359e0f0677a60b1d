import { open } from 'node:fs/promises';
import { openLargeFolder } from '../../../ground/files/large-folder.ts';
import type { Context } from '../../../ground/platform/context.ts';
import {
  type CustomersImport,
  importCustomers as importCustomersFrom,
} from '../customers/import-customers.ts';
import type { CustomersReport } from '../customers/report.ts';
import { type FeedbackImport, importFeedback as importFeedbackFrom } from '../feedback/import-feedback.ts';
import type { FeedbackReport } from '../feedback/report.ts';
import type { Guess } from '../guess/finding.ts';
import { guessMap as guessMapOf } from '../guess/guess-map.ts';
import { type ImportRequest, importOrders as importOrdersFrom } from '../import-orders.ts';
import { importManagers as importManagersFrom, type ManagersImport } from '../managers/import-managers.ts';
import type { ManagersReport } from '../managers/report.ts';
import type { ImportReport } from '../report.ts';
import type { RowSink } from '../write-rejected.ts';
import { fileAt } from './file-at.ts';
import { stagingIn } from './staging-file.ts';

/** An operation on a file of this machine. */
type ByPath<Request extends object> = Omit<Request, 'file'> & { path: string };

export interface ImportByPath extends ByPath<Omit<ImportRequest, 'withStaging' | 'openRejected'>> {
  /** Where the rows of rejected orders go, to be mended; written only when there are any. */
  rejectedTo?: string | null;
}

/** See `importOrders`; the rows are sorted in a file beside the database, or the temporary folder where that is a server. */
export function importOrders(
  ctx: Context,
  { path, rejectedTo = null, ...request }: ImportByPath,
): Promise<ImportReport & { id: string | null }> {
  return importOrdersFrom(ctx, {
    ...request,
    file: fileAt(path),
    withStaging: stagingIn(
      ctx.config.databaseUrl.startsWith('file:') ? openLargeFolder(ctx.config).folder : null,
    ),
    ...(rejectedTo === null ? {} : { openRejected: () => openSink(rejectedTo) }),
  });
}

/** A file of rows, each by itself. */
type RowsByPath<Request extends object> = ByPath<Omit<Request, 'openRejected' | 'isListed'>> & {
  /** Where refused rows go, to be mended; written only when there are any. */
  rejectedTo?: string | null;
};

const rowsAt = (path: string, rejectedTo: string | null) => ({
  file: fileAt(path),
  isListed: true,
  ...(rejectedTo === null ? {} : { openRejected: () => openSink(rejectedTo) }),
});

/** See `importFeedback`; it stands among past imports. */
export function importFeedback(
  ctx: Context,
  { path, rejectedTo = null, ...request }: RowsByPath<FeedbackImport>,
): Promise<FeedbackReport> {
  return importFeedbackFrom(ctx, { ...request, ...rowsAt(path, rejectedTo) });
}

/** See `importCustomers`; it stands among past imports. */
export function importCustomers(
  ctx: Context,
  { path, rejectedTo = null, ...request }: RowsByPath<CustomersImport>,
): Promise<CustomersReport> {
  return importCustomersFrom(ctx, { ...request, ...rowsAt(path, rejectedTo) });
}

/** See `importManagers`; it stands among past imports. */
export function importManagers(
  ctx: Context,
  { path, rejectedTo = null, ...request }: RowsByPath<ManagersImport>,
): Promise<ManagersReport> {
  return importManagersFrom(ctx, { ...request, ...rowsAt(path, rejectedTo) });
}

/** See `guessMap`. */
export function guessMap(
  ctx: Context,
  { path, currency }: { path: string; currency: string | null },
): Promise<Guess> {
  return guessMapOf(ctx, { file: fileAt(path), currency });
}

/** A file that is the owner's alone. */
export async function openSink(path: string): Promise<RowSink> {
  const file = await open(path, 'w', 0o600);
  return { write: async (bytes) => void (await file.write(bytes)), close: () => file.close() };
}
