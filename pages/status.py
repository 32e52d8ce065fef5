"""How the server stands, for who runs it. It has no link on any page: only who knows its address comes here."""

import streamlit as st

from wgan_demo.ui import course, house

course.enter()
st.title("How does the server stand?", anchor=False)
house.numbers()
house.faults()
house.versions()
