"""Search from anywhere, and the question before every new application: who is it?"""
