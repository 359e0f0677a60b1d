import { getLogger } from '@logtape/logtape';
import { expect, onTestFinished, test } from 'vitest';
import { configureLog } from '../../../functions/ground/platform/log-lines.ts';

const hostile = 'ann\nerror: all is lost\u001b[2J\u2028\r\0';

test.each([false, true])('what somebody sent makes no line of its own, with JSON: %s', (isJson) => {
  const lines: string[] = [];
  configureLog((line) => lines.push(line), { isJson, level: 'info' });
  onTestFinished(() => configureLog(() => undefined, { isJson, level: 'warning' }));
  getLogger(['regulars']).warn('Refused {name}', { name: hostile });
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toMatch(/[\p{Cc}]/u);
  expect(lines[0]).toContain('all is lost');
});

test('a line of JSON tells when, how bad, and of what', () => {
  const lines: string[] = [];
  configureLog((line) => lines.push(line), { isJson: true, level: 'info' });
  onTestFinished(() => configureLog(() => undefined, { isJson: true, level: 'warning' }));
  getLogger(['regulars']).warn('Refused {method} {route}', { method: 'POST', route: '/api/v1/orders' });
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    level: 'warning',
    method: 'POST',
    route: '/api/v1/orders',
  });
});
