import { writePaper } from '../functions/reach/papers/download-paper.ts';
import { paperFormats } from '../functions/reach/papers/schema.ts';
import type { Paper } from '../functions/reach/papers/whole-paper.ts';
import { oneOf } from './forms.ts';

/** A paper as the file that is asked for, for the reader alone; 404 where there is none. */
export async function paperAnswer(paper: Paper | null, format: string | null): Promise<Response> {
  const asked = oneOf(format, paperFormats);
  if (paper === null || asked === null) return new Response('', { status: 404 });
  const { body, mediaType, fileName } = await writePaper(paper, asked);
  return new Response(body, {
    headers: {
      'Content-Type': mediaType,
      'Content-Disposition': `attachment; filename="${fileName}"`,
      'Cache-Control': 'private, no-store',
    },
  });
}
