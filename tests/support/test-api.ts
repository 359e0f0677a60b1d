import type { Hono } from 'hono';
import type { ApiEnv, AppDeps } from '../../functions/ground/http/api.ts';
import { addKey } from '../../functions/ground/keys/add-key.ts';
import type { Context, Scope } from '../../functions/ground/platform/context.ts';
import { createTestContext, type TestContextOptions } from './test-context.ts';

export interface TestApi {
  ctx: Context;
  app: Pick<Hono<ApiEnv>, 'request' | 'routes'>;
  /** A new key with these scopes, as the value of `Authorization`. */
  bearer: (...scopes: Scope[]) => Promise<string>;
}

/** An API on a database of its own; `build` is `createApp`, or mounts routes of the test. */
export async function createTestApi(
  options: TestContextOptions & { build: (deps: AppDeps) => TestApi['app'] },
): Promise<TestApi> {
  const ctx = await createTestContext(options);
  const app = options.build({ runtime: ctx, openStore: () => ctx.db });
  const bearer = async (...scopes: Scope[]) => `Bearer ${(await addKey(ctx, { name: 'till', scopes })).key}`;
  return { ctx, app, bearer };
}

let count = 0;

/** A POST as a till sends it; every part can be replaced. */
export function post(
  body: unknown,
  headers: Record<string, string> = {},
): { method: 'POST'; body: string; headers: Record<string, string> } {
  count += 1;
  return {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `test-${count}`, ...headers },
  };
}
