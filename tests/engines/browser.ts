/** As much of a browser as forms need: it keeps cookies and follows nothing by itself. */
export interface Browser {
  get: (path: string) => Promise<Page>;
  /** What it keeps under a name. */
  cookie: (name: string) => string | undefined;
  post: (path: string, fields: Record<string, string> | URLSearchParams | FormData) => Promise<Page>;
}

export interface Page {
  status: number;
  location: string | null;
  /** Who may keep the page, and for how long. */
  cacheControl: string | null;
  text: string;
}

/** One that comes with cookies has been here before; `added` are headers that something on its way adds. */
export function openBrowser(
  origin: string,
  kept: Record<string, string> = {},
  added: Record<string, string> = {},
): Browser {
  const cookies = new Map(Object.entries(kept));
  const load = async (
    path: string,
    init: { method: string; body?: URLSearchParams | FormData },
  ): Promise<Page> => {
    const response = await fetch(new URL(path, origin), {
      ...init,
      redirect: 'manual',
      headers: {
        ...added,
        Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(init.method === 'POST' ? { Origin: origin } : {}),
      },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return {
      status: response.status,
      location: response.headers.get('Location'),
      cacheControl: response.headers.get('Cache-Control'),
      text: await response.text(),
    };
  };
  return {
    cookie: (name) => cookies.get(name),
    get: (path) => load(path, { method: 'GET' }),
    post: (path, fields) =>
      load(path, {
        method: 'POST',
        body: fields instanceof FormData ? fields : new URLSearchParams(fields),
      }),
  };
}
