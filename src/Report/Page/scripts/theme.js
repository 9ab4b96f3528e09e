/** Light and dark: as the system has it until it is switched here or asked for in the address. */
function listenToTheme(asked) {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const root = document.documentElement;
  const button = find('theme');
  const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : dark.matches);
  const name = () => write(button, isDark() ? 'Light' : 'Dark');
  button.setAttribute('aria-label', 'Switch between light and dark');
  const kept = asked ?? remembered();
  if (kept) root.dataset.theme = kept;
  name();
  dark.addEventListener('change', name);
  button.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    remember(root.dataset.theme);
    name();
  });
}

// Pages from disk may be refused a memory.
function remembered() {
  try {
    return localStorage.getItem('camanim-theme');
  } catch {
    return null;
  }
}

function remember(theme) {
  try {
    localStorage.setItem('camanim-theme', theme);
  } catch {
    // It holds until the page is closed.
  }
}
