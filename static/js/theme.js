// Runs before the page is drawn, so that a chosen theme never flashes; and says that scripts work.
{
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const theme = localStorage.getItem("theme");
    if (theme) root.dataset.theme = theme;
  } catch {
    // Storage is forbidden here: the device's own theme it is.
  }
}
