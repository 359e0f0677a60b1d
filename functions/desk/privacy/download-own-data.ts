import { writeDecision } from '../../ground/decision/write-decision.ts';
import type { FileHead } from '../../ground/formats/file-head.ts';
import type { Locale } from '../../ground/identity/languages.ts';
import {
  allow,
  allowProven,
  allowRole,
  allowSignedInLately,
  customerIdOf,
} from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { assertWithin, countTries, limitOn } from '../../ground/platform/limits.ts';
import { noteLook } from '../../people/looks/note-look.ts';
import { streamOfBytes } from '../archive/gzip.ts';
import { ownDataFiles } from './own-data-files.ts';
import { findOwnSubject } from './own-subject.ts';
import { writeZip } from './zip.ts';

/** What is told of the zip before it is made. */
export const ownDataHead: FileHead = { mediaType: 'application/zip', fileName: 'my-data.zip' };

/** A zip on its way, with what its receiver is told about it. */
export interface OwnDataDownload extends FileHead {
  body: ReadableStream<Uint8Array<ArrayBuffer>>;
}

/**
 * All that is kept of the signed-in customer, as a zip of `ownDataFiles`; some times an hour.
 * @throws {AppError} `unauthenticated`, `sign_in_again`, `too_many_requests`
 */
export async function downloadOwnData(
  ctx: Context,
  { language }: { language: Locale },
): Promise<OwnDataDownload> {
  const customerId = customerIdOf(ctx);
  allowSignedInLately(ctx);
  const limit = limitOn(ctx.config.secret, 'own_data', customerId);
  assertWithin(await countTries(ctx.db, [limit], ctx.now()));
  return open(ctx, { customerId, language, hasTeamsPart: false });
}

/**
 * The same of any customer, for who answers a request, with what the business wrote for itself in a folder of its own; some
 * times an hour for each of the team. It stands in the log, and among who looked.
 * @throws {AppError} `unauthenticated`, `forbidden` for all but owners and managers, `proof_needed`, `not_found`,
 * `too_many_requests`
 */
export async function downloadDataOf(
  ctx: Context,
  asked: { customerId: string; language: Locale },
): Promise<OwnDataDownload> {
  allow(ctx.actor, 'customers:read');
  allowRole(ctx.actor, ['owner', 'manager']);
  allowProven(ctx);
  if (ctx.actor.kind === 'staff') {
    const limit = limitOn(ctx.config.secret, 'data_of_customers', ctx.actor.id);
    assertWithin(await countTries(ctx.db, [limit], ctx.now()));
  }
  const download = await open(ctx, { ...asked, hasTeamsPart: true });
  await writeDecision(ctx, {
    audit: { kind: 'customer.data-exported', subjectKind: 'customer', subjectId: asked.customerId },
  });
  noteLook(ctx, { customerId: asked.customerId, what: 'file' });
  return download;
}

async function open(
  ctx: Context,
  { customerId, language, hasTeamsPart }: { customerId: string; language: Locale; hasTeamsPart: boolean },
): Promise<OwnDataDownload> {
  const person = await findOwnSubject(ctx, customerId);
  if (person === null) throw new AppError('not_found', 'There is no such customer.');
  const files = ownDataFiles(ctx, { person, language, hasTeamsPart });
  return { body: streamOfBytes(writeZip(files, ctx.now())), ...ownDataHead };
}
