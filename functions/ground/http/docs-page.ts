import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import { fieldsOf } from './docs-fields.ts';
import { docsStyle } from './docs-style.ts';
import type { Document } from './openapi.ts';

type Markup = ReturnType<typeof html>;
type Operation = NonNullable<NonNullable<Document['paths'][string]>['get']>;

interface Entry {
  title: string;
  anchor: string;
  operation: Operation;
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The OpenAPI document as a page that needs no script and asks nobody else for anything. */
export function docsPage(document: Document): Markup {
  const entries = entriesOf(document);
  const schemas = Object.entries(document.components.schemas ?? {});
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>HTTP API · ${document.info.title}</title>
        <style>${raw(docsStyle)}</style>
      </head>
      <body>
        <main>
          <h1>HTTP API</h1>
          <p>${plain(document.info.description)}</p>
          <p>For programs: <a href="/api/v1/openapi.json">openapi.json</a> (OpenAPI ${document.openapi}).</p>
          <nav aria-label="Operations"><ul>${entries.map(link)}</ul></nav>
          ${entries.map(section)}
          <h2 id="shapes">Shapes</h2>
          ${schemas.map(([name, schema]) => html`<h3 id="shape-${name}">${name}</h3>${fieldList(schema, '')}`)}
        </main>
      </body>
    </html>`;
}

/** The page's own policy: its one style sheet by hash, nothing else. */
export const docsPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(docsStyle).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

function entriesOf(document: Document): Entry[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item?.[method];
      const anchor = `${method}${path.replaceAll(/[^a-z]+/gi, '-')}`;
      return operation === undefined ? [] : [{ title: `${method.toUpperCase()} ${path}`, anchor, operation }];
    }),
  );
}

function link({ title, anchor, operation }: Entry): Markup {
  return html`<li><a href="#${anchor}"><code>${title}</code></a><span>${operation.summary}</span></li>`;
}

function section({ title, anchor, operation }: Entry): Markup {
  return html`<section aria-labelledby="${anchor}">
    <h2 id="${anchor}"><code>${title}</code></h2>
    <p>${operation.summary}. ${plain(operation.description)}</p>
    ${parameters(operation)} ${body(operation)} ${answers(operation)}
  </section>`;
}

function parameters({ parameters: all = [] }: Operation): Markup | '' {
  const rows = all.flatMap((parameter) => ('$ref' in parameter ? [] : [parameter]));
  if (rows.length === 0) return '';
  return html`<h3>Parameters</h3>
    <dl>
      ${rows.map(
        (row) =>
          html`<dt><code>${row.name}</code> ${row.required ? html`<small>needed</small>` : ''}</dt><dd>In the ${row.in}. ${row.description ?? ''}</dd>`,
      )}
    </dl>`;
}

function body({ requestBody }: Operation): Markup | '' {
  if (requestBody === undefined || '$ref' in requestBody) return '';
  const media = requestBody.content['application/json'];
  const example = JSON.stringify(media?.example ?? {}, null, 2);
  return html`<h3>Body</h3>
    <pre tabindex="0"><code>${example}</code></pre>
    <details><summary>Every field</summary>${fieldList(media?.schema, 'needed')}</details>`;
}

function answers({ responses = {} }: Operation): Markup {
  const rows = Object.entries(responses).flatMap(([status, response]) =>
    '$ref' in response ? [] : [html`<dt>${status}</dt><dd>${response.description}</dd>`],
  );
  return html`<h3>Answers</h3><dl>${rows}</dl>`;
}

function fieldList(schema: unknown, label: string): Markup {
  return html`<dl>
    ${fieldsOf(schema).map(
      ({ name, type, isRequired }) =>
        html`<dt><code>${name}</code> ${isRequired ? html`<small>${label}</small>` : ''}</dt><dd>${type}</dd>`,
    )}
  </dl>`;
}

const plain = (markdown: string | undefined) => (markdown ?? '').replaceAll('`', '');
