import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import type { Document } from './openapi.ts';

type Markup = ReturnType<typeof html>;
type PathItem = NonNullable<Document['paths'][string]>;
type Operation = NonNullable<PathItem['get']>;

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The OpenAPI document as a page that needs no script and asks nobody else for anything. */
export function docsPage(document: Document): Markup {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item?.[method];
      return operation === undefined ? [] : [{ path, method, operation }];
    }),
  );
  const schemas = Object.entries(document.components.schemas ?? {});
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${document.info.title} · HTTP API</title>
        <style>${raw(style)}</style>
      </head>
      <body>
        <main>
          <h1>HTTP API</h1>
          <p>${document.info.description}</p>
          <p>For programs: <a href="/api/v1/openapi.json">openapi.json</a> (OpenAPI ${document.openapi}).</p>
          <nav aria-label="Operations">
            <ul>
              ${operations.map(
                ({ path, method, operation }) =>
                  html`<li><a href="#${anchorOf(method, path)}"><code>${method.toUpperCase()} ${path}</code></a> ${operation.summary}</li>`,
              )}
            </ul>
          </nav>
          ${operations.map(operationSection)}
          <h2 id="schemas">Schemas</h2>
          ${schemas.map(([name, schema]) => schemaSection(name, schema))}
        </main>
      </body>
    </html>`;
}

function operationSection(at: { path: string; method: string; operation: Operation }): Markup {
  const { path, method, operation } = at;
  return html`<section id="${anchorOf(method, path)}">
    <h2><code>${method.toUpperCase()} ${path}</code></h2>
    <p>${operation.summary}. ${plain(operation.description)}</p>
    ${parameterTable(operation)} ${bodySection(operation)} ${responseTable(operation)}
  </section>`;
}

function parameterTable({ parameters = [] }: Operation): Markup | '' {
  const rows = parameters.flatMap((parameter) => ('$ref' in parameter ? [] : [parameter]));
  if (rows.length === 0) return '';
  return html`<h3>Parameters</h3>
    <table>
      <thead><tr><th>Name</th><th>In</th><th>Needed</th><th>Meaning</th></tr></thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr><td><code>${row.name}</code></td><td>${row.in}</td><td>${row.required ? 'yes' : 'no'}</td><td>${row.description ?? ''}</td></tr>`,
        )}
      </tbody>
    </table>`;
}

function bodySection({ requestBody }: Operation): Markup | '' {
  if (requestBody === undefined || '$ref' in requestBody) return '';
  const media = requestBody.content['application/json'];
  const example: unknown = media?.example;
  return html`<h3>Body</h3>
    ${example === undefined ? '' : html`<pre><code>${asJson(example)}</code></pre>`}
    <details><summary>JSON Schema</summary><pre><code>${asJson(media?.schema)}</code></pre></details>`;
}

function responseTable({ responses = {} }: Operation): Markup {
  const rows = Object.entries(responses).flatMap(([status, response]) =>
    '$ref' in response ? [] : [{ status, description: response.description }],
  );
  return html`<h3>Answers</h3>
    <table>
      <thead><tr><th>Status</th><th>Meaning</th></tr></thead>
      <tbody>
        ${rows.map(({ status, description }) => html`<tr><td>${status}</td><td>${description}</td></tr>`)}
      </tbody>
    </table>`;
}

function schemaSection(name: string, schema: unknown): Markup {
  return html`<details id="schema-${name}"><summary>${name}</summary><pre><code>${asJson(schema)}</code></pre></details>`;
}

const anchorOf = (method: string, path: string) => `${method}${path.replaceAll(/[^a-z]+/gi, '-')}`;
const asJson = (value: unknown) => JSON.stringify(value, null, 2);
const plain = (markdown: string | undefined) => (markdown ?? '').replaceAll('`', '');

const style = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0; background: Canvas; color: CanvasText; }
main { max-inline-size: 60rem; margin-inline: auto; padding: 2rem 1rem 6rem; }
h1 { font-size: 2rem; line-height: 1.2; }
h2 { margin-block-start: 3rem; font-size: 1.25rem; overflow-wrap: anywhere; }
h3 { margin-block: 1.5rem .5rem; font-size: 1rem; }
code, pre { font: .875rem/1.5 ui-monospace, monospace; }
pre { overflow-x: auto; padding: 1rem; border: 1px solid light-dark(#ccc, #444); border-radius: .5rem; }
table { inline-size: 100%; border-collapse: collapse; }
th, td { padding: .375rem .75rem .375rem 0; border-block-end: 1px solid light-dark(#ddd, #444); text-align: start; vertical-align: top; }
nav ul { padding: 0; list-style: none; }
summary { padding-block: .25rem; cursor: pointer; }
a { color: light-dark(#0a58ca, #8ab4f8); }
`;

/** The page's own policy: its one style sheet by hash, nothing else. */
export const docsPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
