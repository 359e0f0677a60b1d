import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);
const WORTH_IT_BYTES = 1024;
// Level 4 takes a third of the time of the default for a tenth more bytes.
const params = { [constants.BROTLI_PARAM_QUALITY]: 4 };

/**
 * Compresses a rendered page for a client that asked for it; every other answer passes as it is. A program that shows
 * its key gets no page, and the headers of its answer are not looked at.
 */
export async function compressed(request: Request, response: Response): Promise<Response> {
  if (request.headers.has('Authorization')) return response;
  const accepted = request.headers.get('Accept-Encoding');
  const coding = accepted?.includes('br') ? 'br' : accepted?.includes('gzip') ? 'gzip' : null;
  if (!coding || !response.headers.get('Content-Type')?.startsWith('text/html')) return response;
  if (request.method === 'HEAD' || response.headers.has('Content-Encoding')) return response;
  const bytes = Buffer.from(await response.arrayBuffer());
  const headers = new Headers(response.headers);
  headers.append('Vary', 'Accept-Encoding');
  headers.delete('Content-Length');
  if (bytes.length < WORTH_IT_BYTES) return new Response(bytes, { status: response.status, headers });
  headers.set('Content-Encoding', coding);
  const body = coding === 'br' ? await brotli(bytes, { params }) : await gzipped(bytes, { level: 5 });
  return new Response(body, { status: response.status, headers });
}
