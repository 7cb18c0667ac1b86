// `data-opens="id"` opens the <dialog> with that id; a click on the backdrop closes it.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    event.preventDefault();
    document.getElementById(opener.dataset.opens)?.showModal();
  } else if (event.target instanceof HTMLDialogElement && event.target.open) {
    const { left, right, top, bottom } = event.target.getBoundingClientRect();
    const inside = event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom;
    if (!inside) event.target.close();
  }
});
