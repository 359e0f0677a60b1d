import { FORM_TOKEN_FIELD, isFormToken } from '../../functions/ground/http/form-token.ts';
import { type StreamedFile, streamFile } from '../../functions/ground/http/multipart.ts';
import { dropBody } from '../../functions/ground/http/request-body.ts';
import { anyCode } from '../../functions/ground/identity/languages.ts';
import { importRoles, offeredKinds } from '../../functions/reach/imports/runs/run.ts';
import { startImportRun } from '../../functions/reach/imports/runs/start-import-run.ts';
import { attempt } from '../attempt.ts';
import { oneOf, queryWith, seeOther } from '../forms.ts';
import type { Speech } from '../locale.ts';
import type { Visit } from '../visit.ts';
import type { SiteDeps } from './deps.ts';

/** What a form has beside its file. */
const FORM_BYTES_MAX = 64 * 1024;

const importsPage = new RegExp(`^${anyCode}/console/imports/?$`);

/** Whether somebody who may import data sends a file of it: that is taken in as it comes, whatever its size. */
export function isImportUpload({ url, headers }: Request, { staff }: Visit): boolean {
  if (staff === null || !importRoles.some((role) => role === staff.role)) return false;
  return importsPage.test(new URL(url).pathname) && /^multipart\//i.test(headers.get('Content-Type') ?? '');
}

/** Takes in the file and sends the browser on to its page; a browser that says nothing of its origin proves the form first. */
export async function answerImportUpload(
  { config, now }: Pick<SiteDeps, 'config' | 'now'>,
  { request, visit, speech, isOurs }: { request: Request; visit: Visit; speech: Speech; isOurs: boolean },
): Promise<Response> {
  const here = speech.to('/console/imports');
  const take = async ({ fields, fileName, chunks }: StreamedFile) => {
    if (!isOurs && !isFormToken(fields.get(FORM_TOKEN_FIELD) ?? '', { request, config, now: now() }))
      return { ok: false, reason: 'again' } as const;
    const kind = oneOf(fields.get('kind') ?? '', offeredKinds) ?? 'orders';
    return startImportRun(visit.ctx, { kind, fileName }, chunks);
  };
  const refuse = async (problem: string) => {
    await dropBody(request);
    return seeOther(here + queryWith(new URLSearchParams(), { problem }));
  };
  const announced = Number(request.headers.get('Content-Length') ?? 0);
  if (announced > (visit.ctx.largeFiles?.archiveBytes_max ?? 0) + FORM_BYTES_MAX) return refuse('too_large');
  const sent = await attempt(streamFile(request, take), {
    '.file': 'no_file',
    body_too_large: 'too_large',
    bad_request: 'broken',
    import_run_moved: 'broken',
  });
  if (sent.ok && 'id' in sent.output) return seeOther(speech.to(`/console/imports/${sent.output.id}`));
  return refuse(sent.ok ? 'again' : sent.reason);
}
