import { Resend } from 'resend';
import { z } from 'zod';
import type { Config } from '../../../ground/platform/config.ts';
import type { LeftOutFile, MailedFile } from './mail-taker.ts';

const TIMEOUT_MS = 10_000;
const FILES_MOST = 5;
const FILE_BYTES_MOST = 5 * 1024 * 1024;

/** https://resend.com/docs/api-reference/emails/retrieve-received-email */
const receivedMail = z.object({
  from: z.string(),
  to: z.array(z.string()).default([]),
  received_for: z.array(z.string()).nullish(),
  subject: z.string().nullish(),
  text: z.string().nullish(),
  html: z.string().nullish(),
  headers: z.record(z.string(), z.string()).nullish(),
  attachments: z
    .array(z.object({ id: z.string(), filename: z.string().nullish(), size: z.number().nullish() }))
    .default([]),
});
export type ReceivedMail = z.output<typeof receivedMail>;

/** The provider did not answer now, and may later. */
export class NotFetchedYet extends Error {}

type Settings = Extract<Config['mail'], { kind: 'resend' }>;

/** A mail as the provider keeps it; null for what it does not know. @throws {NotFetchedYet} */
export async function fetchMail(mail: Settings, id: string): Promise<ReceivedMail | null> {
  const resend = new Resend(mail.apiKey, { baseUrl: mail.baseUrl });
  const { data, error } = await answered(() =>
    resend.emails.receiving.get(id, { html_format: 'cid' }, { signal: AbortSignal.timeout(TIMEOUT_MS) }),
  );
  if (error !== null) {
    if (error.statusCode === 404 || error.statusCode === 422) return null;
    throw new NotFetchedYet(error.name);
  }
  const parsed = receivedMail.safeParse(data);
  return parsed.success ? parsed.data : null;
}

/** Its files, as many and as large as may be sent with feedback; what is beyond stays with the provider. @throws {NotFetchedYet} */
export async function fetchFiles(
  mail: Settings,
  { id, attachments }: { id: string; attachments: ReceivedMail['attachments'] },
): Promise<{ files: MailedFile[]; leftOut: LeftOutFile[] }> {
  const resend = new Resend(mail.apiKey, { baseUrl: mail.baseUrl });
  const files: MailedFile[] = [];
  const leftOut: LeftOutFile[] = [];
  for (const one of attachments) {
    const name = one.filename ?? '';
    const why = (one.size ?? 0) > FILE_BYTES_MOST ? 'size' : files.length === FILES_MOST ? 'number' : null;
    if (why !== null) leftOut.push({ name, why });
    if (why !== null) continue;
    const { data, error } = await answered(() =>
      resend.emails.receiving.attachments.get({ emailId: id, id: one.id }),
    );
    if (error !== null) throw new NotFetchedYet(error.name);
    const bytes = await download(data.download_url);
    if (bytes === null) leftOut.push({ name, why: 'size' });
    else files.push({ name, bytes });
  }
  return { files, leftOut };
}

async function download(address: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const response = await answered(() => fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS) }));
  if (!response.ok) throw new NotFetchedYet('attachment');
  if (Number(response.headers.get('content-length') ?? 0) > FILE_BYTES_MOST) return null;
  const bytes = new Uint8Array(await answered(() => response.arrayBuffer()));
  return bytes.length > FILE_BYTES_MOST ? null : bytes;
}

async function answered<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    throw new NotFetchedYet(error instanceof Error ? error.name : 'unknown');
  }
}
