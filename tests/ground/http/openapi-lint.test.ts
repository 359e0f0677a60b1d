import { createConfig, lintFromString } from '@redocly/openapi-core';
import spectralCore from '@stoplight/spectral-core';
import spectralRulesets from '@stoplight/spectral-rulesets';
import { expect, test } from 'vitest';
import { createApp } from '../../../functions/app.ts';
import { createTestApi } from '../../support/test-api.ts';

const { Ruleset, Spectral } = spectralCore;

const documentText = async () => {
  const { app } = await createTestApi({ build: createApp });
  return (await app.request('/api/v1/openapi.json')).text();
};

test('Redocly finds nothing to say about the document', async () => {
  const config = await createConfig({ extends: ['recommended'] });
  const problems = await lintFromString({ source: await documentText(), config });
  expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual(
    [],
  );
});

test('Spectral finds nothing to say about the document', async () => {
  const spectral = new Spectral();
  spectral.setRuleset(new Ruleset(spectralRulesets.oas, { severity: 'recommended' }));
  const problems = await spectral.run(JSON.parse(await documentText()));
  expect(problems.map(({ code, message, path }) => [code, message, path.join('/')])).toEqual([]);
});

test('an example, a description and a word on limits stand wherever a program reads', async () => {
  const document = JSON.parse(await documentText());
  for (const [path, item] of Object.entries<Record<string, Operation>>(document.paths))
    for (const [method, operation] of Object.entries(item)) {
      const where = `${method} ${path}`;
      for (const parameter of operation.parameters ?? [])
        expect([where, parameter.name, parameter.description]).toEqual([
          where,
          parameter.name,
          expect.stringMatching(/\w{3}.*\.$/),
        ]);
      expect([where, operation.responses['429']?.headers?.['Retry-After']]).not.toEqual([where, undefined]);
      for (const [status, { content = {} }] of Object.entries(operation.responses))
        if (status.startsWith('2') && 'application/json' in content && Object.keys(content).length === 1)
          expect([where, status, content['application/json']?.example]).not.toEqual([
            where,
            status,
            undefined,
          ]);
    }
});

interface Operation {
  parameters?: { name: string; description?: string }[];
  responses: Record<
    string,
    { headers?: Record<string, unknown>; content?: Record<string, { example?: unknown }> }
  >;
}
