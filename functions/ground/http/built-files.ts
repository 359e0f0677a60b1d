import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { cacheControl } from './headers.ts';

interface BuiltFile {
  bytes: Record<Coding, Buffer<ArrayBuffer> | null>;
  etag: string;
  headers: Record<string, string>;
}

type Coding = 'identity' | 'gzip' | 'br';

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};
const compressible = /^(text|image\/svg|application)/;

/** Reads every built file once and keeps it, compressed too, in memory; answers come from there. */
export async function loadBuiltFiles({
  folder,
  headers,
}: {
  folder: URL;
  headers: Readonly<Record<string, string>>;
}) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map<string, BuiltFile>();
  await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const path = `${entry.parentPath}/${entry.name}`;
        const url = `/${path.slice(folder.pathname.length).replace(/^\//, '')}`;
        files.set(url, await readBuiltFile(path, url, headers));
      }),
  );
  return {
    /** The answer from memory, or null when no built file has that address. */
    answer(request: Request): Response | null {
      if (request.method !== 'GET' && request.method !== 'HEAD') return null;
      const file = files.get(pathOf(request.url));
      return file ? answerFile(request, file) : null;
    },
  };
}

function pathOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('//') + 2);
  if (start < 0) return '/';
  const end = url.slice(start).search(/[?#]/);
  return end < 0 ? url.slice(start) : url.slice(start, start + end);
}

async function readBuiltFile(
  path: string,
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<BuiltFile> {
  const identity = await readFile(path);
  const type = types[extname(path)] ?? 'application/octet-stream';
  const isWorthIt = compressible.test(type) && identity.length > 256;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
  return {
    bytes: {
      identity,
      gzip: isWorthIt ? await promisify(gzip)(identity, { level: 9 }) : null,
      br: isWorthIt ? await promisify(brotliCompress)(identity, { params }) : null,
    },
    etag: createHash('sha256').update(identity).digest('base64url').slice(0, 22),
    headers: {
      ...headers,
      'Content-Type': type,
      'Cache-Control': cacheControl(url),
      Vary: 'Accept-Encoding',
    },
  };
}

function answerFile(request: Request, file: BuiltFile): Response {
  const coding = preferredCoding(request.headers.get('Accept-Encoding'), file);
  const etag = `"${file.etag}-${coding}"`;
  const headers: Record<string, string> = { ...file.headers, ETag: etag };
  if (request.headers.get('If-None-Match') === etag) return new Response(null, { status: 304, headers });
  if (coding !== 'identity') headers['Content-Encoding'] = coding;
  const body = file.bytes[coding];
  headers['Content-Length'] = String(body?.length ?? 0);
  return new Response(request.method === 'HEAD' ? null : body, { headers });
}

function preferredCoding(accepted: string | null, file: BuiltFile): Coding {
  if (accepted?.includes('br') && file.bytes.br) return 'br';
  if (accepted?.includes('gzip') && file.bytes.gzip) return 'gzip';
  return 'identity';
}
