import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { programEnv, repository } from '../support/process.ts';
import { type House, openHouse } from './house.ts';
import { halfBack } from './orders.ts';

const folder = `${repository}tests/typed-client`;
const isInstalled = existsSync(`${folder}/node_modules/openapi-typescript`);

describe.skipIf(!isInstalled)('a client with types made from the document', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse('Node with a file');
    await house.setProgramme(halfBack);
  });
  afterAll(() => house?.close());

  test('compiles, and walks an order from the till to its return', async () => {
    const run = (command: string, ...words: string[]) =>
      execFileSync(command, words, { cwd: folder, env: programEnv({}), encoding: 'utf8' });
    const document = await (await fetch(`${house.origin}/api/v1/openapi.json`)).text();
    mkdirSync(`${folder}/.tmp`, { recursive: true });
    writeFileSync(`${folder}/.tmp/openapi.json`, document);
    run('node_modules/.bin/openapi-typescript', '.tmp/openapi.json', '-o', '.tmp/api.d.ts');
    run('node_modules/.bin/tsc', '-p', 'tsconfig.json');
    const key = await house.newKey('orders:read', 'orders:write', 'customers:read', 'redemptions:write');
    expect(run(process.execPath, 'walk.ts', house.origin, key)).toContain('walked 4 writes');
  });
});
