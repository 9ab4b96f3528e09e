const find = (id) => document.getElementById(id);

/** An element with attributes (text, on... handlers, the rest as attributes) and children. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'text') made.textContent = value;
    else if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (value !== null && value !== false) made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children);
  return made;
}

/** A line of a list of facts. */
function fact(list, name, ...content) {
  const value = element('dd', {}, ...content);
  list.append(element('div', {}, element('dt', { text: name }), value));
  return value;
}

/** Sets text only where it changes. */
function write(target, text) {
  if (target.textContent !== text) target.textContent = text;
}
