"""Pages. A page is a function: fetch through a selector, a form, at most one service call, redirect or render."""
