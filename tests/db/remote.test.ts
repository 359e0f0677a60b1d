import { createServer, type RequestListener } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { openRemote } from '../../db/remote.ts';

test('a database server that sends elsewhere is not followed', async () => {
  let isFollowed = false;
  const elsewhere = await serve((_request, response) => {
    isFollowed = true;
    response.writeHead(500).end();
  });
  const server = await serve((_request, response) => {
    response.writeHead(307, { Location: elsewhere }).end();
  });
  const store = openRemote({ url: server, authToken: 'a-token', timeout_ms: 1000 });
  await expect(store.read({ sql: 'SELECT 1', args: [] })).rejects.toThrow();
  expect(isFollowed).toBe(false);
});

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
  return `http://127.0.0.1:${address.port}`;
}
