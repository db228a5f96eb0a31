/** Attributes of an element; `false` and `undefined` leave one out. */
export type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/** Makes an element. */
export function element<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[T] {
  const made = document.createElement(tag);
  set(made, attributes);
  made.append(...children);
  return made;
}

/** Sets attributes, or takes them away. */
export function set(target: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === undefined) target.removeAttribute(name);
    else target.setAttribute(name, value === true ? '' : value);
  }
}

/** Changes the text only when it is another one, so that screen readers say it once. */
export function say(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

/** A drawing of lines, 24 by 24. */
export function icon(path: string): SVGSVGElement {
  const namespace = 'http://www.w3.org/2000/svg';
  const drawing = document.createElementNS(namespace, 'svg');
  set(drawing, { viewBox: '0 0 24 24', 'aria-hidden': 'true' });
  const line = document.createElementNS(namespace, 'path');
  line.setAttribute('d', path);
  drawing.append(line);
  return drawing;
}

/** What the buttons show. */
export const paths = {
  phone:
    'M6.6 3.5l2.7.5 1.2 4-2 1.7a12 12 0 0 0 5.8 5.8l1.7-2 4 1.2.5 2.7c.1 1.2-.9 2.3-2.1 2.3C10.6 19.7 4.3 13.4 4.3 5.6c0-1.2 1.1-2.2 2.3-2.1z',
  microphone:
    'M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21',
  muted:
    'M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21M4 4l16 16',
  keypad: [6, 12, 18].flatMap((y) => [6, 12, 18].map((x) => `M${x} ${y}h.01`)).join(''),
  devices:
    'M4 8h9M17 8h3M4 16h3M11 16h9M13 8a2 2 0 1 0 4 0a2 2 0 1 0-4 0M7 16a2 2 0 1 0 4 0a2 2 0 1 0-4 0',
  minimise: 'M6 10l6 6 6-6',
} as const;
