"""Everything that touches the screen: controls, components and lesson furniture. The only streamlit in the library."""
