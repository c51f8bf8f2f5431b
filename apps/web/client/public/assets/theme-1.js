// Puts the chosen theme on the page before anything of it is painted; the client's modules come too late for that.
// Caches keep this file for good: whoever changes it gives it the next number.
try {
  const { theme } = JSON.parse(localStorage.getItem('anancus.preferences') ?? '{}')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // A browser that keeps nothing has no theme to put on.
}
