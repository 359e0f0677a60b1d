import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { repository } from '../support/process.ts';
import { placesOf, sources } from './sources.ts';

const pages = sources.filter(({ path }) => path.startsWith('src/'));

test('no code is made of text, and no other program is started', () => {
  expect(placesOf(/\beval\(|\bnew Function\b|\bchild_process\b|\bnode:vm\b/g)).toEqual([]);
});

test('pages write nothing as HTML but our own style sheet and logo', () => {
  const written = placesOf(/set:html=\{[^}]*\}/g, pages).map((place) => place.replace(/^.*: /, ''));
  expect([...new Set(written)].sort()).toEqual([
    'set:html={deskSheet}',
    'set:html={drawing}',
    'set:html={sheet}',
  ]);
  expect(placesOf(/\b(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write/g, pages)).toEqual([]);
});

test('pages keep nothing in the browser and talk to no other window; the service worker alone does, by decision 0096', () => {
  const others = pages.filter(({ path }) => !/^src\/(?:service-worker|offline)\//.test(path));
  expect(
    placesOf(
      /\b(?:local|session)Storage\b|\bindexedDB\b|\bpostMessage\b|new WebSocket\b|(?<!\/)\bcaches\./g,
      others,
    ),
  ).toEqual([]);
});

test('digests are SHA-256, what is sealed is sealed by AES-256-GCM', () => {
  const named = placesOf(
    /\b(?:createHash|createHmac|createCipheriv|createDecipheriv|hkdfSync|subtle\.digest|\bhash)\(\s*'[^']+'/g,
  );
  const algorithms = named.map((place) => /'([^']+)'/.exec(place)?.[1]?.toLowerCase());
  expect(algorithms.length).toBeGreaterThan(8);
  expect([...new Set(algorithms)].sort()).toEqual(['aes-256-gcm', 'sha-256', 'sha256']);
});

test('what can be guessed only spreads waiting', () => {
  expect(placesOf(/\bMath\.random\b/g).map((place) => place.replace(/:.*/, ''))).toEqual([
    'db/migrate.ts',
    'db/remote.ts',
    'functions/ground/decision/retrying.ts',
    'functions/people/mail/deliver-mail.ts',
  ]);
});

test('requests go out to the database, the bucket and the provider of mail alone', () => {
  const askers = placesOf(
    /\bfetch\((?!request\b|new URL\(path, runtime)|^import (?!type).*from '(?:node:(?:https|tls|dgram)|resend|aws4fetch|@libsql\/client)'/gm,
    sources.filter(({ path }) => /^(?:functions|db)\//.test(path)),
  );
  expect([...new Set(askers.map((place) => place.replace(/:.*/s, '')))]).toEqual([
    'db/remote.ts',
    'functions/ground/files/bucket.ts',
    'functions/ground/outbox/resend.ts',
    'functions/people/mail/incoming/fetch-mail.ts',
  ]);
});

test('a container gets neither the repository, nor settings, nor data, nor tests', () => {
  for (const name of ['.containerignore', '.dockerignore']) {
    const left = readFileSync(`${repository}${name}`, 'utf8').split('\n');
    expect(left).toEqual(expect.arrayContaining(['.git', '.env', 'data', 'tests', 'dist', 'node_modules']));
  }
});

test('whole versions of libraries are pinned, and come from the registry', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(`${repository}package.json`, 'utf8'));
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
    expect(`${name} ${version}`).toMatch(/ \d+\.\d+\.\d+(?:-[\w.]+)?$/);
  const { packages } = JSON.parse(readFileSync(`${repository}package-lock.json`, 'utf8'));
  const unproven = Object.entries<{ integrity?: string; link?: boolean }>(packages).filter(
    ([path, { integrity, link }]) => path !== '' && link !== true && integrity === undefined,
  );
  expect(unproven.map(([path]) => path)).toEqual([]);
});

test('no certificate goes unchecked, and no parser is made lenient', () => {
  const lenient = /rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED|checkServerIdentity|insecureHTTPParser/g;
  expect(placesOf(lenient)).toEqual([]);
});

test('nothing is written to a console beside the log', () => {
  expect(placesOf(/\bconsole\.\w+\(/g)).toEqual(['functions/worker.ts: console.log(']);
});
