// Runs before the page is drawn, and says that scripts work.
document.documentElement.classList.add("js");
