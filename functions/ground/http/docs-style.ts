/** The one style sheet of the API's page; its hash stands in the page's policy. */
export const docsStyle = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; scroll-padding-block-start: 1rem; }
body { margin: 0; background: light-dark(#fff, #16181c); color: light-dark(#1c1e21, #e6e8eb); }
main { max-inline-size: 56rem; margin-inline: auto; padding: 2rem 1rem 6rem; }
h1 { margin-block: 0 1rem; font-size: 2rem; line-height: 1.2; }
h2 { margin-block: 3.5rem .5rem; padding-block-start: 1.5rem; border-block-start: 1px solid light-dark(#ddd, #33363b); font-size: 1.25rem; line-height: 1.3; overflow-wrap: anywhere; }
h3 { margin-block: 1.5rem .5rem; font-size: 1rem; }
code, pre { font-family: ui-monospace, monospace; }
pre { margin-block: .5rem; overflow-x: auto; padding: 1rem; border-radius: .5rem; background: light-dark(#f4f5f7, #202328); font-size: .875rem; }
pre:focus-visible, a:focus-visible, summary:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
nav ul { display: grid; gap: .75rem; margin: 1.5rem 0 0; padding: 0; list-style: none; }
nav span { display: block; color: light-dark(#55595f, #a6abb2); }
dl { display: grid; gap: .5rem 1rem; margin: 0; }
dt { font-weight: 600; overflow-wrap: anywhere; }
dd { margin: 0 0 .5rem; color: light-dark(#3d4147, #c1c5cb); overflow-wrap: anywhere; }
summary { padding-block: .375rem; cursor: pointer; }
small { font-weight: 400; color: light-dark(#55595f, #a6abb2); }
a { color: light-dark(#0a58ca, #8ab4f8); overflow-wrap: anywhere; }
@media (min-width: 40rem) { dl { grid-template-columns: minmax(10rem, 2fr) 5fr; } dd { margin: 0; } }
`;
