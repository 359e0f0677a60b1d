import { AwsClient } from 'aws4fetch';
import type { BucketConfig } from '../platform/config.ts';
import { assertFileName, type FileStore, FilesUnavailable } from '../platform/file-store.ts';

const TIMEOUT_MS = 10_000;

/** Files in an S3-compatible bucket, under `attachments/`. */
export function openBucket(config: BucketConfig): FileStore {
  const objects = openObjects(config);
  const placeOf = (name: string) => {
    assertFileName(name);
    return `attachments/${name}`;
  };
  return {
    put: async (name, bytes) => objects.put(placeOf(name), bytes),
    get: async (name) => objects.get(placeOf(name)),
    delete: async (name) => objects.delete(placeOf(name)),
  };
}

/** The objects of a bucket by their keys; every request is signed with SigV4, its body included, and goes nowhere else. */
export function openObjects({ url, ...keys }: BucketConfig): FileStore {
  const client = new AwsClient({ ...keys, service: 's3', retries: 2, initRetryMs: 100 });
  const ask = async (method: string, key: string, body?: Uint8Array<ArrayBuffer>) => {
    try {
      return await client.fetch(`${url}/${key}`, {
        method,
        redirect: 'manual',
        ...(body === undefined ? {} : { body, headers: { 'X-Amz-Content-Sha256': await hexDigest(body) } }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (error) {
      throw new FilesUnavailable(error instanceof Error ? error.name : 'NETWORK');
    }
  };
  return {
    put: async (key, bytes) => {
      await finish(await ask('PUT', key, bytes), []);
    },
    get: async (key) => {
      const response = await ask('GET', key);
      return (await finish(response, [404])) ? bytesOf(response) : null;
    },
    delete: async (key) => {
      await finish(await ask('DELETE', key), [404]);
    },
  };
}

/** @throws {FilesUnavailable} when it breaks off */
async function bytesOf(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw new FilesUnavailable(error instanceof Error ? error.name : 'NETWORK');
  }
}

/** Whether it went well; one of the statuses that may be is no error. What a refusal says is not read. */
async function finish(response: Response, mayBe: readonly number[]): Promise<boolean> {
  if (response.ok) return true;
  await response.body?.cancel().catch(() => undefined);
  if (mayBe.includes(response.status)) return false;
  throw new FilesUnavailable(`HTTP_${response.status}`);
}

async function hexDigest(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
