import { expect, test } from 'vitest';
import { createApp } from '../../../functions/app.ts';
import { createTestApi } from '../../support/test-api.ts';

const create = () => createTestApi({ build: createApp });

test('describes every route under /api/v1 that needs a key', async () => {
  const { app } = await create();
  const document = await (await app.request('/api/v1/openapi.json')).json();
  expect(document.openapi).toBe('3.1.0');
  const described = Object.entries<object>(document.paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const routes = app.routes
    .filter(({ method, path }) => method !== 'ALL' && /^\/api\/v1\/(?!openapi|docs)/.test(path))
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
  expect(described.sort()).toEqual([...new Set(routes)].sort());
});

test('refers to nothing that is not there', async () => {
  const { app } = await create();
  const document = await (await app.request('/api/v1/openapi.json')).json();
  const references = JSON.stringify(document).match(/#\/components\/schemas\/[^"]+/g) ?? [];
  const names = new Set(references.map((reference) => reference.replace('#/components/schemas/', '')));
  expect(Object.keys(document.components.schemas)).toEqual(expect.arrayContaining([...names]));
  expect([...names]).toEqual(expect.arrayContaining(['Order', 'Balance', 'Problem', 'Money']));
});

test('every operation says its scope, its answers and its problems', async () => {
  const { app } = await create();
  const document = await (await app.request('/api/v1/openapi.json')).json();
  for (const item of Object.values<object>(document.paths)) {
    for (const operation of Object.values(item)) {
      expect(operation.description).toMatch(/scope `\w+:(read|write)`/);
      expect(operation.security).toEqual([{ apiKey: [] }]);
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['401', '403', '503']));
    }
  }
});

test('says every scope that a customer’s orders need', async () => {
  const { app } = await create();
  const document = await (await app.request('/api/v1/openapi.json')).json();
  const { description } = document.paths['/api/v1/customers/{id}/orders'].get;
  expect(description).toBe('Needs the scope `customers:read` and the scope `orders:read`.');
});

test('the page for people has neither script nor anything from elsewhere', async () => {
  const { app } = await create();
  const answer = await app.request('/api/v1/docs');
  const page = await answer.text();
  expect(page).toContain('POST /api/v1/orders');
  expect(page).not.toMatch(/<script|\son\w+=|\sstyle=|(src|href)="(https?:)?\/\//);
  const policy = answer.headers.get('Content-Security-Policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe-inline');
});
