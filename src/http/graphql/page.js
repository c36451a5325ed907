// The page to try queries: sends what is written to /graphql and shows what comes back; shows the schema as the server
// describes it. The token stays in the memory of this page.
'use strict';

const at = (id) => document.getElementById(id);
const [token, query, variables, answer, status, run, find, docs] =
  ['token', 'query', 'variables', 'answer', 'status', 'run', 'find', 'docs'].map(at);

const EXAMPLE = `# Ctrl + Enter để chạy
{
  viewer { name role }
  statistics {
    asOf baseLabel
    totals { total completedRate counts { completedOnTime completedLate openInTime openOverdue openNoDeadline } }
  }
  assignments(first: 5, filter: { roles: [LEAD], standing: [OPEN_OVERDUE] }, orderBy: { field: DUE }) {
    totalCount
    edges { node { dueOn daysOverdue unit { code name } task { code content } } }
  }
}
`;

const SCHEMA = `{ __schema { types { kind name description
  fields { name description args { name description type { ...T } } type { ...T } }
  inputFields { name description type { ...T } }
  enumValues { name description } } } }
fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }`;

async function send(body) {
  const reply = await fetch('/graphql', {
    method: 'POST',
    headers: {
      'Accept': 'application/graphql-response+json, application/json;q=0.9',
      'Content-Type': 'application/json',
      'Authorization': 'Bearer ' + token.value.trim(),
    },
    body: JSON.stringify(body),
  });
  return { code: reply.status, text: await reply.text() };
}

function pretty(text) {
  try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; }
}

async function ask() {
  const body = { query: query.value };
  if (variables.value.trim()) {
    try { body.variables = JSON.parse(variables.value); } catch (error) {
      status.textContent = 'Biến không phải JSON hợp lệ: ' + error.message;
      return;
    }
  }
  run.disabled = true;
  status.textContent = 'Đang chạy…';
  const begun = performance.now();
  try {
    const { code, text } = await send(body);
    answer.textContent = pretty(text);
    status.textContent = `${code} – ${Math.round(performance.now() - begun)} ms`;
  } catch (error) {
    status.textContent = 'Không kết nối được máy chủ: ' + error.message;
  } finally {
    run.disabled = false;
  }
}

const shown = (type) => type.kind === 'NON_NULL' ? shown(type.ofType) + '!'
  : type.kind === 'LIST' ? `[${shown(type.ofType)}]` : type.name;

function element(name, text) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  return made;
}

// Server texts only ever become text nodes.
function entry(type) {
  const box = element('details');
  box.append(element('summary', type.name), element('p', type.description));
  const list = element('dl');
  for (const part of [...(type.fields ?? []), ...(type.inputFields ?? []), ...(type.enumValues ?? [])]) {
    const given = (part.args ?? []).map((arg) => `${arg.name}: ${shown(arg.type)}`).join(', ');
    list.append(element('dt', part.name + (given ? `(${given})` : '') + (part.type ? ': ' + shown(part.type) : '')));
    list.append(element('dd', part.description));
  }
  box.append(list);
  box.words = (type.name + ' ' + box.textContent).toLowerCase();
  return box;
}

async function learn() {
  if (!token.value.trim()) return;
  const { code, text } = await send({ query: SCHEMA });
  if (code !== 200) {
    docs.replaceChildren(element('p', pretty(text)));
    return;
  }
  const first = (name) => (name === 'Query' ? 0 : name === 'Mutation' ? 1 : 2);
  const types = JSON.parse(text).data.__schema.types.filter((type) => !type.name.startsWith('__') && type.description);
  types.sort((one, other) => first(one.name) - first(other.name) || one.name.localeCompare(other.name));
  docs.replaceChildren(...types.map(entry));
  narrow();
}

function narrow() {
  const wanted = find.value.trim().toLowerCase();
  for (const box of docs.querySelectorAll('details')) {
    box.hidden = wanted !== '' && !box.words.includes(wanted);
    box.open = wanted !== '' && !box.hidden;
  }
}

query.value = new URLSearchParams(location.search).get('query') ?? EXAMPLE;
run.addEventListener('click', ask);
token.addEventListener('change', learn);
find.addEventListener('input', narrow);
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); ask(); }
});
query.addEventListener('keydown', (event) => {
  if (event.key === 'Tab' && !event.shiftKey && query.selectionStart !== query.selectionEnd) return;
  if (event.key === 'Tab' && !event.shiftKey && !event.ctrlKey && event.target.value) {
    event.preventDefault();
    query.setRangeText('  ', query.selectionStart, query.selectionEnd, 'end');
  }
});
