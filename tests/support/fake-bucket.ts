import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { BucketConfig } from '../../functions/ground/platform/config.ts';

export interface FakeBucket {
  config: BucketConfig;
  files: Map<string, Buffer>;
  /** Statuses of the next answers instead of doing what is asked. */
  plan: number[];
  /** Where all requests are told to go instead. */
  sendsTo: string | null;
  /** Requests whose signature was not right. */
  forged: number;
}

const secret = 'a-secret-of-the-bucket';

/** The part of S3 that we use, on 127.0.0.1, until the test is over: it takes only what is signed with SigV4. */
export async function startFakeBucket(): Promise<FakeBucket> {
  const { bucket, close } = await openFakeBucket();
  onTestFinished(close);
  return bucket;
}

/** As {@link startFakeBucket}, until it is closed. */
export async function openFakeBucket(): Promise<{ bucket: FakeBucket; close: () => void }> {
  const files = new Map<string, Buffer>();
  const bucket: FakeBucket = { config: configOf(''), files, plan: [], sendsTo: null, forged: 0 };
  const server = createServer(async (request, response) => {
    const body = await bytesOf(request);
    if (bucket.sendsTo !== null) return response.writeHead(307, { Location: bucket.sendsTo }).end();
    const status = bucket.plan.shift() ?? 0;
    if (status !== 0) return response.writeHead(status).end('<Error/>');
    if (!isSigned(request, body)) {
      bucket.forged += 1;
      return response.writeHead(403).end('<Error><Code>SignatureDoesNotMatch</Code></Error>');
    }
    const name = String(request.url);
    if (request.method === 'PUT') files.set(name, body);
    if (request.method === 'DELETE') {
      files.delete(name);
      return response.writeHead(204).end();
    }
    const kept = files.get(name);
    return kept === undefined
      ? response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>')
      : response.writeHead(200).end(request.method === 'GET' ? kept : '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  bucket.config = configOf(`http://127.0.0.1:${portOf(server.address())}/shop`);
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { bucket, close };
}

/** The settings by which a portal finds it. */
export function bucketSettings({ config }: FakeBucket): Record<string, string> {
  return {
    BUCKET_URL: config.url,
    BUCKET_ACCESS_KEY_ID: config.accessKeyId,
    BUCKET_SECRET_ACCESS_KEY: config.secretAccessKey,
    BUCKET_REGION: config.region,
  };
}

function configOf(url: string): BucketConfig {
  return { url, accessKeyId: 'AKTEST', secretAccessKey: secret, region: 'auto' };
}

/** Checks the signature as the specification of SigV4 builds it, from what arrived. */
function isSigned(request: IncomingMessage, body: Buffer): boolean {
  const authorization =
    /^AWS4-HMAC-SHA256 Credential=AKTEST\/(\d{8})\/([\w-]+)\/s3\/aws4_request, SignedHeaders=([\w;-]+), Signature=([0-9a-f]{64})$/;
  const [, date = '', region = '', names = '', signature] =
    authorization.exec(request.headers.authorization ?? '') ?? [];
  const hash = String(request.headers['x-amz-content-sha256']);
  if (request.method === 'PUT' && hash !== sha256(body)) return false;
  const headers = names.split(';').map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const canonical = [request.method, request.url, '', headers.join(''), names, hash].join('\n');
  const scope = `${date}/${region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', String(request.headers['x-amz-date']), scope, sha256(canonical)].join(
    '\n',
  );
  const key = [date, region, 's3', 'aws4_request'].reduce<Buffer | string>(hmac, `AWS4${secret}`);
  return hmac(key, text).toString('hex') === signature;
}

const hmac = (key: Buffer | string, text: string) => createHmac('sha256', key).update(text).digest();
const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest('hex');

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}
