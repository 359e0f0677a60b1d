import type { IncomingMessage, ServerResponse } from 'node:http';

/** A mail as Resend keeps it for whom it was received. */
export interface ReceivedMailOfResend {
  from: string;
  to?: string[];
  subject?: string;
  text?: string | null;
  html?: string | null;
  headers?: Record<string, string>;
  attachments?: { id: string; filename: string; size: number; content_type: string }[];
}

/** What was received, by id; files by the id of the attachment. */
export class ReceivedMails {
  readonly mails = new Map<string, ReceivedMailOfResend>();
  readonly files = new Map<string, Uint8Array>();
  /** The next so many requests fail. */
  failing = { times: 0 };

  /** The part of Resend's API of received mail that we use; false where something else was asked for. */
  answer(request: IncomingMessage, response: ServerResponse, baseUrl: string): boolean {
    const url = request.url ?? '';
    const json = (status: number, body: unknown) =>
      void response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    if (url.startsWith('/files/')) {
      response.writeHead(200).end(this.files.get(url.slice('/files/'.length)));
      return true;
    }
    const [isReceiving, id = '', , fileId] =
      /^\/emails\/receiving\/([^/?]+)(\/attachments\/([^/?]+))?/.exec(url) ?? [];
    if (isReceiving === undefined) return false;
    const mail = this.mails.get(id);
    if (this.failing.times > 0) {
      this.failing.times -= 1;
      json(500, { statusCode: 500, name: 'internal_server_error', message: 'down' });
    } else if (mail === undefined) json(404, { statusCode: 404, name: 'not_found', message: 'none' });
    else if (fileId !== undefined)
      json(200, { object: 'attachment', id: fileId, download_url: `${baseUrl}/files/${fileId}` });
    else
      json(200, {
        ...{ object: 'email', id, created_at: '', to: ['replies@in.x.example'], attachments: [] },
        ...mail,
      });
    return true;
  }
}
